import CCairo
import Figures

/// An image read from a PNG file.
package struct PNGImage: Sendable {
  /// Width in pixels.
  package let width: Int
  /// Height in pixels.
  package let height: Int
  /// Pixels, row by row, as 0xAARRGGBB.
  package let pixels: [UInt32]

  /// Reads a file's content.
  ///
  /// - Throws: `FigureRenderingError.library` for anything that is not a PNG image of at most 100 million pixels.
  package init(_ bytes: [UInt8]) throws(FigureRenderingError) {
    guard bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { throw .library("not a PNG file") }
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard number(16) * number(20) <= 100_000_000 else { throw .library("the image is too large") }
    let source = ByteSource(bytes)
    let surface = cairo_image_surface_create_from_png_stream(
      { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_READ_ERROR }
        let source = Unmanaged<ByteSource>.fromOpaque(closure).takeUnretainedValue()
        return source.read(data, Int(length)) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_READ_ERROR
      }, Unmanaged.passUnretained(source).toOpaque())
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface) else {
      throw .library("the PNG file is damaged")
    }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let isOpaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24
    var pixels: [UInt32] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        let value = UnsafeRawPointer(data).loadUnaligned(fromByteOffset: row * stride + column * 4, as: UInt32.self)
        pixels.append(isOpaque ? value | 0xFF00_0000 : value)
      }
    }
    self.pixels = pixels
  }

  /// The share of pixels that differ in a channel by more than `tolerance`; 1 for images of different size.
  package func difference(from other: PNGImage, tolerance: Int = 8) -> Double {
    guard width == other.width, height == other.height, !pixels.isEmpty else { return 1 }
    var different = 0
    for (one, two) in zip(pixels, other.pixels) where one != two {
      var isFar = false
      for shift: UInt32 in [0, 8, 16, 24] {
        let distance = Int(one >> shift & 255) - Int(two >> shift & 255)
        isFar = isFar || abs(distance) > tolerance
      }
      if isFar { different += 1 }
    }
    return Double(different) / Double(pixels.count)
  }
}

/// Hands bytes to Cairo.
private final class ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
    guard count <= bytes.count - position else { return false }
    for offset in 0..<count { target[offset] = bytes[position + offset] }
    position += count
    return true
  }
}

import CCairo
import Figures

/// Points drawn as a 300 dpi image, where a vector format would take a shape for each.
enum PointImage {
  /// The place and size of the image of marks, in points, with its pixels for each point; nil when it would be too large.
  static func frame(_ marks: PointMarks) -> (frame: Rectangle, scale: Double)? {
    guard let first = marks.positions.first else { return nil }
    var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
    for point in marks.positions {
      (left, right) = (min(left, point.x), max(right, point.x))
      (top, bottom) = (min(top, point.y), max(bottom, point.y))
    }
    let margin = marks.size
    let (width, height) = (right - left + 2 * margin, bottom - top + 2 * margin)
    let largest = 3 * CairoRenderer.greatestExtent
    guard width > 0, height > 0, width <= largest, height <= largest else { return nil }
    return (
      Rectangle(x: left - margin, y: top - margin, width: width, height: height),
      CairoRenderer.resolution(width: width, height: height) / 72
    )
  }

  /// Marks on a surface of their own, which the caller destroys.
  static func surface(
    _ marks: PointMarks, _ format: cairo_format_t, palette: Palette
  ) -> (surface: OpaquePointer, frame: Rectangle)? {
    guard let (frame, scale) = frame(marks),
      let image = cairo_image_surface_create(
        format, Int32((frame.width * scale).rounded(.up)), Int32((frame.height * scale).rounded(.up))),
      let context = cairo_create(image)
    else { return nil }
    cairo_surface_set_device_scale(image, scale, scale)
    cairo_translate(context, -frame.x, -frame.y)
    Painter(cairo: context, palette: palette, isVector: false).draw(marks)
    cairo_destroy(context)
    cairo_surface_flush(image)
    return (image, frame)
  }

  /// The part that marks cover as a grey PNG image, white where they are, with its place; nil when it would be too large.
  ///
  /// - Throws: `FigureRenderingError.library`.
  static func mask(_ marks: PointMarks) throws(FigureRenderingError) -> (png: [UInt8], frame: Rectangle)? {
    var marks = marks
    marks.paint.opacity = 1
    guard let (surface, frame) = surface(marks, CAIRO_FORMAT_A8, palette: Palette(theme: .light)) else { return nil }
    defer { cairo_surface_destroy(surface) }
    let output = ByteSink()
    try CairoRenderer.check(
      cairo_surface_write_to_png_stream(surface, ByteSink.write, Unmanaged.passUnretained(output).toOpaque()))
    // The image covers whole pixels.
    let scale = CairoRenderer.resolution(width: frame.width, height: frame.height) / 72
    let (width, height) = ((frame.width * scale).rounded(.up) / scale, (frame.height * scale).rounded(.up) / scale)
    return (output.bytes, Rectangle(x: frame.x, y: frame.y, width: width, height: height))
  }
}

/// Gathers what Cairo writes.
final class ByteSink {
  private(set) var bytes: [UInt8] = []

  func append(_ data: UnsafePointer<UInt8>, _ count: Int) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: count))
  }

  /// Writes into the sink that the closure points to.
  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().append(data, Int(length))
    return CAIRO_STATUS_SUCCESS
  }
}

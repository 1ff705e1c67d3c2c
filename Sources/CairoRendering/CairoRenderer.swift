import CCairo
import CPango
import Figures

/// Draws display lists: PDF and PNG with Cairo and Pango, SVG as text of its own (`SVGDrawing`).
///
/// Every call makes its own surface, font map and layout: calls may run at once, and the bytes depend on the list, the
/// format, the theme and the date alone.
package struct CairoRenderer: FigureRenderer {
  /// ISO 8601 date written into PDF files.
  package let date: String

  /// Checks that the pinned font is there.
  ///
  /// - Parameter date: ISO 8601 date written into PDF files.
  /// - Throws: `FigureRenderingError.fontMissing`.
  package init(date: String = "2000-01-01T00:00:00Z") throws(FigureRenderingError) {
    guard TextDrawing.isFontInstalled() else { throw .fontMissing(TextDrawing.family) }
    self.date = date
  }

  /// "Cairo 1.16.0, Pango 1.50.12, DejaVu Sans".
  package var version: String {
    "Cairo \(String(cString: cairo_version_string())), Pango \(String(cString: pango_version_string())), \(TextDrawing.family)"
  }

  /// Logical width and height of a line of text in points.
  package func extent(of text: String, size: Double, isBold: Bool) -> (width: Double, height: Double) {
    ExtentCache.shared.extent(text, size, isBold)
  }

  /// Draws a list; see `FigureRenderer`. An SVG file follows its reader's theme, whichever is given.
  package func render(
    _ list: DisplayList, format: FigureFormat, theme: FigureTheme
  ) throws(FigureRenderingError) -> [UInt8] {
    guard list.width > 0, list.height > 0, list.width <= Self.greatestExtent, list.height <= Self.greatestExtent else {
      throw .outOfRange(width: list.width, height: list.height, limit: Self.greatestExtent)
    }
    let text = try TextDrawing()
    guard format != .svg else { return try SVGDrawing.file(list, text) }
    let output = ByteSink()
    let closure = Unmanaged.passUnretained(output).toOpaque()
    let scale = Self.resolution(width: list.width, height: list.height) / 72
    let surface: OpaquePointer?
    switch format {
    case .svg, .pdf:
      surface = cairo_pdf_surface_create_for_stream(ByteSink.write, closure, list.width, list.height)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, TextMarkup.plain(list.title))
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, TextMarkup.plain(list.description))
    case .png:
      surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32((list.width * scale).rounded(.up)), Int32((list.height * scale).rounded(.up)))
      cairo_surface_set_device_scale(surface, scale, scale)
    }
    guard let surface else { throw .library("Cairo gave no surface") }
    defer { cairo_surface_destroy(surface) }
    let cairo = cairo_create(surface)
    defer { cairo_destroy(cairo) }
    guard let cairo else { throw .library("Cairo gave no context") }
    let painter = Painter(cairo: cairo, palette: Palette(theme: theme), isVector: format != .png)
    if format == .png { painter.paintGround() }
    for item in list.items { painter.draw(item, text) }
    try Self.check(cairo_status(cairo))
    if format == .png {
      try Self.check(cairo_surface_write_to_png_stream(surface, ByteSink.write, closure))
    } else {
      cairo_surface_finish(surface)
      try Self.check(cairo_surface_status(surface))
    }
    return output.bytes
  }

  /// Width and height in points of the largest drawing.
  static let greatestExtent = 14_400.0
  /// Pixels at a side of the largest image; Cairo takes 32,767.
  private static let greatestSide = 32_000.0
  /// Pixels of the largest image, of four bytes each while it is made.
  private static let greatestArea = 64_000_000.0

  /// Dots per inch of an image of a drawing: 300, or fewer where it would have more than 32,000 pixels a side or 64 million in
  /// all.
  package static func resolution(width: Double, height: Double) -> Double {
    let most = min(greatestSide / max(width, height), (greatestArea / (width * height)).squareRoot()) * 72
    return most < 300 ? most : 300
  }

  /// The signs of a list's texts that neither the pinned font nor, in its place, any other installed one has.
  package func missingSigns(in list: DisplayList) -> [String] {
    guard let drawing = try? TextDrawing() else { return [] }
    var known: Set<Character> = []
    var missing: [String] = []
    func look(_ items: [DisplayItem]) {
      for item in items {
        switch item {
        case .text(let mark):
          guard drawing.hasMissingSigns(mark.text, isBold: mark.isBold) else { continue }
          for case .sign(let sign) in FigureText.pieces(mark.text) where known.insert(sign).inserted {
            if drawing.hasMissingSigns(FigureText.plain(String(sign)), isBold: mark.isBold) {
              missing.append(String(sign))
            }
          }
        case .clipped(_, let inner), .member(_, let inner): look(inner)
        case .path, .points: continue
        }
      }
    }
    look(list.items)
    return missing
  }

  static func check(_ status: cairo_status_t) throws(FigureRenderingError) {
    guard status == CAIRO_STATUS_SUCCESS else { throw .library(String(cString: cairo_status_to_string(status))) }
  }
}

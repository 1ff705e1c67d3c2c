import CCairo
import CPango
import Figures
import Synchronization

/// Lays text out with Pango in the pinned font, metrics off and hinting none, so that places do not depend on the device.
struct TextDrawing: ~Copyable {
  /// The font that figures use.
  static let family = "DejaVu Sans"
  /// The fonts of an SVG file, as CSS: the pinned one, then what is like it on other systems.
  static let families = "\"DejaVu Sans\",Verdana,sans-serif"
  /// The smallest size in points; Cairo refuses fonts of size 0.
  private static let leastSize = 0.05
  private let context: OpaquePointer
  private let layout: OpaquePointer
  private let fontMap: UnsafeMutablePointer<PangoFontMap>

  init() throws(FigureRenderingError) {
    guard let map = pango_cairo_font_map_new(), let context = pango_font_map_create_context(map) else {
      throw .library("Pango has no font map")
    }
    fontMap = map
    self.context = context
    pango_cairo_context_set_resolution(context, 72)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    layout = pango_layout_new(context)
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(layout))
    g_object_unref(UnsafeMutableRawPointer(context))
    g_object_unref(UnsafeMutableRawPointer(fontMap))
  }

  /// True when the font `family` is among those installed.
  static func isFontInstalled() -> Bool {
    guard let map = pango_cairo_font_map_new() else { return false }
    defer { g_object_unref(UnsafeMutableRawPointer(map)) }
    var families: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var count: Int32 = 0
    pango_font_map_list_families(map, &families, &count)
    defer { g_free(families) }
    return (0..<Int(count)).contains { index in
      guard let family = families?[index], let name = pango_font_family_get_name(family) else { return false }
      return String(cString: name) == Self.family
    }
  }

  /// Sets the layout's text; returns its width, height and baseline in points.
  borrowing func prepare(_ text: String, size: Double, isBold: Bool) -> (
    width: Double, height: Double, baseline: Double
  ) {
    let font = pango_font_description_new()
    pango_font_description_set_family(font, Self.family)
    pango_font_description_set_size(
      font, Int32((size.isNaN ? Self.leastSize : min(500, max(Self.leastSize, size))) * Double(PANGO_SCALE)))
    pango_font_description_set_weight(font, isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_layout_set_font_description(layout, font)
    pango_font_description_free(font)
    pango_layout_set_single_paragraph_mode(layout, 1)
    pango_layout_set_markup(layout, TextMarkup.pango(String(text.prefix(2000))), -1)
    var width: Int32 = 0
    var height: Int32 = 0
    pango_layout_get_size(layout, &width, &height)
    let scale = Double(PANGO_SCALE)
    return (Double(width) / scale, Double(height) / scale, Double(pango_layout_get_baseline(layout)) / scale)
  }

  /// How signs are raised or lowered: their size as a share of the text's, and their rise over its baseline in sizes.
  struct Shifts {
    var raised: (scale: Double, rise: Double)
    var lowered: (scale: Double, rise: Double)
  }

  /// The shifts that Pango uses with the pinned font.
  borrowing func shifts() -> Shifts {
    Shifts(raised: shift("x^{2}"), lowered: shift("x_{2}"))
  }

  private borrowing func shift(_ text: String) -> (scale: Double, rise: Double) {
    let size = 100.0
    _ = prepare(text, size: size, isBold: false)
    var found = (scale: 0.65, rise: text.contains("^") ? 0.33 : -0.15)
    guard let iterator = pango_layout_get_iter(layout) else { return found }
    defer { pango_layout_iter_free(iterator) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(iterator), run.pointee.y_offset != 0,
        let description = pango_font_describe(run.pointee.item.pointee.analysis.font)
      else { continue }
      found = (
        Double(pango_font_description_get_size(description)) / Double(PANGO_SCALE) / size,
        Double(run.pointee.y_offset) / Double(PANGO_SCALE) / size
      )
      pango_font_description_free(description)
    } while pango_layout_iter_next_run(iterator) != 0
    return found
  }

  /// True when a text has signs that no installed font has.
  borrowing func hasMissingSigns(_ text: String, isBold: Bool) -> Bool {
    _ = prepare(text, size: 8, isBold: isBold)
    return pango_layout_get_unknown_glyphs_count(layout) > 0
  }

  /// Draws the prepared text.
  borrowing func show(on cairo: OpaquePointer) { pango_cairo_show_layout(cairo, layout) }
}

/// Turns the small markup of figures into Pango's.
enum TextMarkup {
  /// `^{…}` becomes `<sup>`, `_{…}` `<sub>`, signs are escaped; see `FigureText` for what is left out.
  static func pango(_ text: String) -> String {
    var output = ""
    var open: [String] = []
    for piece in FigureText.pieces(text) {
      switch piece {
      case .raise, .lower:
        let tag = piece == .raise ? "sup" : "sub"
        open.append(tag)
        output += "<\(tag)>"
      case .end: output += open.popLast().map { "</\($0)>" } ?? ""
      case .sign(let sign): output += escaped(String(sign))
      }
    }
    return output
  }

  /// A scalar in XML.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    case "\n", "\r", "\t": " "
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE: ""
    default: String(Character(scalar))
    }
  }

  /// A text without control characters and NUL, for C strings.
  static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }

  /// A text in XML.
  static func escaped(_ text: String) -> String { text.unicodeScalars.map { escaped($0) }.joined() }
}

/// Measured texts; measuring is a pure function of its arguments.
final class ExtentCache: Sendable {
  static let shared = ExtentCache()

  private struct Key: Hashable {
    var text: String
    var size: Double
    var isBold: Bool
  }

  private let known = Mutex<[Key: SIMD2<Double>]>([:])

  func extent(_ text: String, _ size: Double, _ isBold: Bool) -> (width: Double, height: Double) {
    let key = Key(text: text, size: size, isBold: isBold)
    if let extent = known.withLock({ $0[key] }) { return (extent.x, extent.y) }
    guard let drawing = try? TextDrawing() else { return (Double(text.count) * size * 0.6, size * 1.2) }
    let measured = drawing.prepare(text, size: size, isBold: isBold)
    known.withLock { known in
      if known.count > 10_000 { known.removeAll() }
      known[key] = SIMD2(measured.width, measured.height)
    }
    return (measured.width, measured.height)
  }
}

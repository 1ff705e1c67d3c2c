import Figures

/// A drawing for a page: ids of its own, colours that follow the page's theme, places with tooltips.
enum ThemedSVG {
  /// The markup to put into HTML.
  ///
  /// When the two drawings differ in nothing but colours, one is written and its colours come from the palette, place
  /// by place; otherwise both are, and the style shows the one that fits the theme.
  ///
  /// - Parameters:
  ///   - light: The drawing on a light ground.
  ///   - dark: The same drawing on a dark ground.
  ///   - prefix: The prefix of every id, other for each drawing of a page.
  ///   - tooltips: Tooltips at places of the drawing, in points.
  ///   - palette: The page's colours, to which the drawing's are added.
  static func markup(
    light: [UInt8], dark: [UInt8], prefix: String, tooltips: [Tooltip], palette: inout PagePalette
  ) -> String {
    var darkColors: [String] = []
    let darkShape = SVGRewriter.rewrite(dark, prefix: "") {
      darkColors.append($0)
      return "?"
    }
    let lightShape = SVGRewriter.rewrite(light, prefix: "") { _ in "?" }
    guard lightShape == darkShape else {
      return group("only-light", SVGRewriter.rewrite(light, prefix: prefix) { $0 }, tooltips)
        + group("only-dark", SVGRewriter.rewrite(dark, prefix: prefix + "d-") { $0 }, tooltips)
    }
    var next = 0
    var colors = palette
    let drawing = SVGRewriter.rewrite(light, prefix: prefix) { color in
      defer { next += 1 }
      return colors.reference(light: color, dark: next < darkColors.count ? darkColors[next] : color)
    }
    palette = colors
    return withTooltips(drawing, tooltips)
  }

  /// The width of a drawing in points, as its first tag says; nil when it does not.
  static func width(_ svg: [UInt8]) -> Double? {
    let head = String(decoding: svg.prefix(2048), as: UTF8.self)
    guard let tag = head.firstRange(of: "<svg"), let open = head[tag.upperBound...].firstRange(of: " width=\"") else {
      return nil
    }
    let text = head[open.upperBound...].prefix { $0 != "\"" }
    let value = Double(text.hasSuffix("pt") ? text.dropLast(2) : text)
    return value.flatMap { $0.isFinite && $0 > 0 && $0 < 10_000 ? $0 : nil }
  }

  private static func group(_ name: String, _ svg: [UInt8], _ tooltips: [Tooltip]) -> String {
    "<div class=\"\(name)\">\(withTooltips(svg, tooltips))</div>"
  }

  private static func withTooltips(_ svg: [UInt8], _ tooltips: [Tooltip]) -> String {
    let end = Array("</svg>".utf8)
    guard !tooltips.isEmpty, let last = svg.indices.reversed().first(where: { svg[$0...].starts(with: end) }) else {
      return String(decoding: svg, as: UTF8.self)
    }
    let circles = tooltips.map { tip in
      "<circle cx=\"\(number(tip.center.x))\" cy=\"\(number(tip.center.y))\" r=\"\(number(tip.radius))\" "
        + "data-tip=\"\(Escape.html(tip.text))\"/>"
    }
    return String(decoding: svg[..<last], as: UTF8.self)
      + "<g class=\"tips\" fill=\"transparent\" aria-hidden=\"true\">"
      + circles.joined() + "</g>" + String(decoding: svg[last...], as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value.isFinite && abs(value) < 1e6 ? value : 0, decimals: 1)
    return text.hasPrefix("−") ? "-" + text.dropFirst() : text
  }
}

/// The colours of a page's drawings: a custom property for each pair of a light and a dark colour.
struct PagePalette {
  private struct Pair: Hashable {
    var light: String
    var dark: String
  }

  private var pairs: [Pair] = []
  private var indices: [Pair: Int] = [:]

  /// The CSS value of a colour: a custom property, or the colour itself when both themes have the same.
  mutating func reference(light: String, dark: String) -> String {
    guard light != dark else { return light }
    let pair = Pair(light: light, dark: dark)
    let index = indices[pair] ?? pairs.count
    if index == pairs.count {
      pairs.append(pair)
      indices[pair] = index
    }
    return "var(--c\(index))"
  }

  /// The declarations; a browser without `light-dark()` has the light colours.
  var style: String {
    guard !pairs.isEmpty else { return "" }
    func declarations(_ value: (Pair) -> String) -> String {
      pairs.enumerated().map { "--c\($0.offset):\(value($0.element))" }.joined(separator: ";")
    }
    return ":root{\(declarations(\.light))}\n@supports (color:light-dark(#000,#fff)){:root{"
      + declarations { "light-dark(\($0.light),\($0.dark))" } + "}}\n"
  }
}

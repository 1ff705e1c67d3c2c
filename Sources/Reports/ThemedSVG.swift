import Figures

/// A drawing for a page: ids of its own, colours that follow the page's theme, places with tooltips.
enum ThemedSVG {
  /// The markup to put into HTML. The drawing's own style sheet is left out; its colours are added to the page's.
  ///
  /// - Parameters:
  ///   - svg: The drawing, with colours by class; see `PagePalette`.
  ///   - prefix: The prefix of every id, other for each drawing of a page.
  ///   - tooltips: Tooltips at places of the drawing, in points.
  ///   - palette: The page's colours, to which the drawing's are added.
  static func markup(_ svg: [UInt8], prefix: String, tooltips: [Tooltip], palette: inout PagePalette) -> String {
    palette.add(svg)
    return withTooltips(SVGRewriter.rewrite(svg, prefix: prefix), tooltips)
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

  /// Places with texts before the drawing's end: every text once in `data-labels`, a line each; then for the places of each
  /// metric, which `data-m` names, `data-at` with x, y and the text's number in turn; a text of several lines is the numbers of
  /// its lines, joined by `/`. The page's script makes circles of them.
  private static func withTooltips(_ svg: [UInt8], _ tooltips: [Tooltip]) -> String {
    let end = Array("</svg>".utf8)
    guard !tooltips.isEmpty, let last = svg.indices.reversed().first(where: { svg[$0...].starts(with: end) }) else {
      return String(decoding: svg, as: UTF8.self)
    }
    var labels: [String] = []
    var numbers: [String: Int] = [:]
    var groups: [(member: String?, radius: Double, places: [String])] = []
    for tip in tooltips {
      let lines = tip.text.split(whereSeparator: \.isNewline).map { line -> String in
        let text = String(line)
        let index = numbers[text] ?? labels.count
        if index == labels.count {
          labels.append(text)
          numbers[text] = index
        }
        return String(index)
      }
      if groups.last?.member != tip.member || groups.last?.radius != tip.radius {
        groups.append((tip.member, tip.radius, []))
      }
      groups[groups.count - 1].places.append(
        "\(number(tip.center.x)) \(number(tip.center.y)) \(lines.joined(separator: "/"))")
    }
    let parts = groups.map { group in
      let member = group.member.map { " data-m=\"\(Escape.html($0))\"" } ?? ""
      return "<g\(member) data-r=\"\(number(group.radius))\" data-at=\"\(group.places.joined(separator: " "))\"/>"
    }
    let list = labels.map { Escape.html($0) }.joined(separator: "&#10;")
    return String(decoding: svg[..<last], as: UTF8.self)
      + "<g class=\"tips\" fill=\"transparent\" aria-hidden=\"true\" data-labels=\"\(list)\">\(parts.joined())</g>"
      + String(decoding: svg[last...], as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value.isFinite && abs(value) < 1e6 ? value : 0, decimals: 1)
    let digits = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
    return digits.hasPrefix("−") ? "-" + digits.dropFirst() : String(digits)
  }
}

/// The colours of a page's drawings: a class for each, which means the same in every drawing.
///
/// A drawing's style sheet has a rule a line, `.fi{fill:#1f2328}`; those of the dark theme come after a line that begins
/// with `@media`. Other lines are left out, so that no drawing can style the page.
struct PagePalette: Sendable {
  private struct Rule: Sendable {
    var property: String
    var light: String
    var dark: String
  }

  private var rules: [String: Rule] = [:]

  /// Adds the colours of a drawing.
  mutating func add(_ svg: [UInt8]) {
    let head = svg.firstRange(of: Array("<style>".utf8)).map { svg[$0.upperBound...] } ?? []
    let sheet = head.firstRange(of: Array("</style>".utf8)).map { head[..<$0.lowerBound] } ?? []
    var isDark = false
    for line in sheet.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("@media") { isDark = true }
      guard let (name, property, color) = Self.rule(text) else { continue }
      if isDark {
        rules[name]?.dark = color
      } else if rules[name] == nil {
        rules[name] = Rule(property: property, light: color, dark: color)
      }
    }
  }

  /// The parts of `.name{property:#rrggbb}`; nil for anything else.
  private static func rule(_ line: String) -> (name: String, property: String, color: String)? {
    let parts = line.split(separator: "{", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("."), parts[1].hasSuffix("}") else { return nil }
    let (name, declaration) = (parts[0].dropFirst(), parts[1].dropLast().split(separator: ":"))
    guard declaration.count == 2, ["fill", "stroke"].contains(declaration[0]), declaration[1].hasPrefix("#"),
      declaration[1].count == 7, declaration[1].dropFirst().allSatisfy(\.isHexDigit), !name.isEmpty, name.count < 16,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return (String(name), String(declaration[0]), String(declaration[1]))
  }

  /// The rules for drawings within the page; a browser without `light-dark()` has the light colours.
  var style: String {
    guard !rules.isEmpty else { return "" }
    func sheet(_ value: (Rule) -> String) -> String {
      rules.sorted { $0.key < $1.key }.map { ".drawing .\($0.key){\($0.value.property):\(value($0.value))}" }.joined()
    }
    return sheet(\.light) + "\n@supports (color:light-dark(#000,#fff)){"
      + sheet { $0.light == $0.dark ? $0.light : "light-dark(\($0.light),\($0.dark))" } + "}\n"
  }
}

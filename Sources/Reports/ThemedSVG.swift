import Figures

/// SVG for a page: ids of its own, colours that follow the page's theme, tooltips.
enum ThemedSVG {
  /// The markup to put into HTML.
  ///
  /// - Parameters:
  ///   - light: The drawing on a light ground.
  ///   - dark: The same drawing on a dark ground; colours that differ become `light-dark(…)`.
  ///   - prefix: Put before every id.
  ///   - tooltips: Places with texts.
  static func markup(light: [UInt8], dark: [UInt8], prefix: String, tooltips: [Tooltip]) -> String {
    let text = String(decoding: light, as: UTF8.self)
    let colors = (colors(in: light), colors(in: dark))
    var pairs: [String: String] = [:]
    if colors.0.count == colors.1.count {
      for (one, other) in zip(colors.0, colors.1) where one != other { pairs[one] = other }
    }
    var output = ""
    output.reserveCapacity(text.utf8.count)
    var rest = Substring(text)
    if let start = rest.firstRange(of: "<svg ") { rest = rest[start.lowerBound...] }
    while let next = rest.utf8.firstIndex(where: {
      $0 == UInt8(ascii: "r") || $0 == UInt8(ascii: "i") || $0 == UInt8(ascii: "u") || $0 == UInt8(ascii: "#")
        || $0 == UInt8(ascii: "a")
    }) {
      output += rest[..<next]
      rest = rest[next...]
      if rest.hasPrefix("rgb("), let end = rest.firstIndex(of: ")") {
        let color = String(rest[...end])
        output += pairs[color].map { "light-dark(\(hex(color)),\(hex($0)))" } ?? hex(color)
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("id=\"") {
        output += "id=\"\(prefix)"
        rest = rest.dropFirst(4)
      } else if rest.hasPrefix("url(#") {
        output += "url(#\(prefix)"
        rest = rest.dropFirst(5)
      } else if rest.hasPrefix("#i"), output.hasSuffix("\"") {
        output += "#\(prefix)"
        rest = rest.dropFirst(1)
      } else if rest.hasPrefix("aria-labelledby=\"title description\"") {
        output += "aria-labelledby=\"\(prefix)title \(prefix)description\""
        rest = rest.dropFirst("aria-labelledby=\"title description\"".count)
      } else {
        output += rest.prefix(1)
        rest = rest.dropFirst(1)
      }
    }
    output += rest
    return withTooltips(output, tooltips)
  }

  private static func withTooltips(_ svg: String, _ tooltips: [Tooltip]) -> String {
    guard !tooltips.isEmpty, let end = svg.lastRange(of: "</svg>") else { return svg }
    let circles = tooltips.map { tip in
      "<circle cx=\"\(number(tip.center.x))\" cy=\"\(number(tip.center.y))\" r=\"\(number(tip.radius))\" data-tip=\"\(Escape.html(tip.text))\"/>"
    }
    return svg[..<end.lowerBound] + "<g class=\"tips\" fill=\"transparent\" aria-hidden=\"true\">" + circles.joined()
      + "</g>" + svg[end.lowerBound...]
  }

  private static func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }

  private static func colors(in bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var index = 0
    let mark = Array("rgb(".utf8)
    while index + 4 < bytes.count {
      if bytes[index] == mark[0], bytes[index + 1] == mark[1], bytes[index + 2] == mark[2], bytes[index + 3] == mark[3],
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
      {
        found.append(String(decoding: bytes[index...end], as: UTF8.self))
        index = end
      }
      index += 1
    }
    return found
  }

  /// `rgb(12.157%,13.725%,15.686%)` → `#1f2328`.
  private static func hex(_ color: String) -> String {
    let parts = color.dropFirst(4).dropLast().split(separator: ",").compactMap {
      Double($0.filter { $0 != "%" && $0 != " " })
    }
    guard parts.count == 3 else { return color }
    let digits = parts.map { part -> String in
      let value = Int((min(100, max(0, part)) * 2.55).rounded())
      return (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "#" + digits.joined()
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var rest = self[...]
    while let next = rest.firstRange(of: text) {
      found = next
      rest = rest[next.upperBound...]
    }
    return found
  }
}

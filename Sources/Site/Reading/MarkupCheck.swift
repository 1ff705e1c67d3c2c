import Reports

/// Holds the markup of a report against what reports are made of, so that nobody else's page or drawing gets into a site.
///
/// The grammar is strict, and every browser reads it alike: a tag has a name of the list, attributes in double quotes without
/// angle brackets, and nothing else begins with `<`. Scripts stand at one place only, and the page's policy runs none but the
/// one that it knows. Neither a page nor a drawing asks for anything, or goes anywhere by itself.
struct MarkupCheck {
  /// What is checked.
  enum Kind { case page, drawing }

  private let bytes: [UInt8]
  private let kind: Kind
  private var index = 0
  /// The depth of `svg` elements, in which style and script have other rules.
  private var drawingDepth = 0
  private var isInBody = false

  /// The first problem of a file in words; nil when there is none. O(bytes).
  static func problem(_ bytes: [UInt8], _ kind: Kind) -> String? {
    var check = MarkupCheck(bytes: bytes, kind: kind)
    return check.run()
  }

  private init(bytes: [UInt8], kind: Kind) {
    self.bytes = bytes
    self.kind = kind
  }

  private mutating func run() -> String? {
    let start = kind == .page ? "<!doctype html>\n" : "<svg "
    guard bytes.starts(with: start.utf8) else { return "it does not begin with `\(start.prefix(14))`" }
    if kind == .page { index = start.utf8.count }
    while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = open + 1
      if let problem = tag() { return "\(problem), at byte \(open)" }
    }
    return nil
  }

  private mutating func tag() -> String? {
    let isEnd = take("/")
    let name = word()
    guard Self.elements.contains(name) else {
      return "the tag `<\(name.isEmpty ? "" : String(name.prefix(20)))` is none of a report"
    }
    var isEmpty = false
    while true {
      while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
      if take(">") { break }
      if take("/") {
        guard take(">") else { return "a stray `/` in <\(name)>" }
        isEmpty = true
        break
      }
      if let problem = attribute(of: name) { return problem }
    }
    if name == "body" { isInBody = true }
    if name == "svg", !isEmpty { drawingDepth += isEnd ? -1 : 1 }
    guard !isEnd, !isEmpty, name == "style" || name == "script" else { return nil }
    return rawText(of: name)
  }

  private mutating func attribute(of element: String) -> String? {
    let name = word()
    guard !name.isEmpty else { return "<\(element)> is not written as a report's" }
    guard take("=") else {
      return ["html", "hidden", "open"].contains(name) ? nil : "the attribute `\(name)` has no value"
    }
    guard take("\""), let close = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) else {
      return "the value of `\(name)` is not in double quotes"
    }
    let value = bytes[index..<close]
    index = close + 1
    guard !value.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) else {
      return "the value of `\(name)` holds an angle bracket"
    }
    let lower = name.lowercased()
    if lower.hasPrefix("on") || Self.loading.contains(lower) { return "the attribute `\(name)`" }
    let text = String(decoding: value, as: UTF8.self)
    switch lower {
    case "http-equiv":
      return text == "Content-Security-Policy" ? nil : "a `meta` that stands for a header of HTTP"
    case "src": return text.hasPrefix("data:image/") ? nil : "the page loads \(text.prefix(40))"
    case "href", "xlink:href":
      return isAllowed(address: text, of: element) ? nil : "the address \(text.prefix(40))"
    case "style" where element == "style": return nil
    default:
      let isText = lower.hasPrefix("aria-") || lower.hasPrefix("data-") || lower == "content" || lower == "alt"
      return isText || Self.isStill(text) ? nil : "the value of `\(name)` loads something"
    }
  }

  private func isAllowed(address: String, of element: String) -> Bool {
    if address.hasPrefix("#") || address.hasPrefix("data:image/") && element == "image" { return true }
    guard kind == .page, element == "a" else { return false }
    let decoded = address.replacing("&amp;", with: "&")
    guard !decoded.contains("&#"), !decoded.hasPrefix("/"), !decoded.contains("\\") else {
      return decoded.hasPrefix("https://") || decoded.hasPrefix("http://")
    }
    let head = decoded.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !head.contains("&") else { return false }
    guard let colon = head.firstIndex(of: ":") else { return true }
    return ["http", "https", "mailto"].contains(head[..<colon])
  }

  /// The text of a style sheet or of a script.
  private mutating func rawText(of name: String) -> String? {
    let end = Array("</\(name)>".utf8)
    let isInPlace = kind == .drawing ? name == "style" : drawingDepth == 0 && (name == "style") != isInBody
    guard isInPlace else { return "a <\(name)> where a report has none" }
    let start = index
    while true {
      guard let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { return "<\(name)> does not end" }
      index = open
      if bytes[open...].starts(with: end) { break }
      // In a drawing everything that begins with `<` is a tag.
      guard kind == .page else { return "a tag within <\(name)>" }
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if name == "style", kind == .drawing, !Self.isStill(text) || text.contains("\\") || text.contains("@import") {
      return "the style sheet loads something"
    }
    return nil
  }

  /// True for a value of which no `url(…)` leads out of the file.
  private static func isStill(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "(")) else { return true }
    var rest = text.lowercased()[...]
    guard !rest.contains("\\"), !rest.contains("image-set") else { return false }
    while let found = rest.firstRange(of: "url(") {
      rest = rest[found.upperBound...]
      guard rest.hasPrefix("#") else { return false }
    }
    return true
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  /// Letters, digits, `-`, `:` and `_`; `!doctype` is none.
  private mutating func word() -> String {
    let start = index
    while index < bytes.count, Self.isOfWord(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 }

  /// Attributes by which a page loads or sends something.
  private static let loading: Set<String> = [
    "srcset", "srcdoc", "action", "formaction", "background", "poster", "ping", "data", "manifest", "code", "codebase",
    "archive", "lowsrc", "dynsrc", "cite", "longdesc", "profile", "from", "to", "values", "attributename",
  ]

  /// The elements of reports and of drawings.
  private static let elements = Set(
    """
    html head meta title style body a div header button h1 h2 h3 h4 h5 h6 p ul ol li nav main strong em b i span figure
    figcaption svg desc defs clipPath path g text tspan marker line circle rect ellipse polyline polygon image use details
    summary table thead tbody tr th td pre code dl dt dd wbr br hr section script blockquote del sup sub img
    linearGradient radialGradient stop pattern mask symbol
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}

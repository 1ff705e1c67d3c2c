import Reports

/// How the numbers of a report were checked and made, taken out of a page that would be too heavy with it: the page leads to another one
/// that has it.
struct PageDetails {
  /// The most bytes of a page without its figures, less what the site puts round a report.
  static let limit = 270_000
  /// The page of the details, beside the report's.
  static let name = "details.html"

  /// The page without them; the page as it was where it is light enough.
  private(set) var page: String
  /// The blocks taken out, in their order: the nearest place above with a name, and the markup.
  private(set) var blocks: [(title: String, anchor: String, html: String)] = []

  private static let openings = ["<details class=\"how\">", "<details class=\"made\">"]

  /// - Parameter page: A report's page, in the markup of reports.
  init(_ page: String) {
    self.page = page
    guard Self.weight(page) > Self.limit else { return }
    var kept = ""
    var rest = Substring(page)
    var anchor = ""
    while let start = Self.openings.compactMap({ rest.firstRange(of: $0)?.lowerBound }).min(),
      let end = Self.end(of: rest[start...])
    {
      kept += rest[..<start]
      anchor = Self.lastAnchor(in: rest[..<start]) ?? anchor
      let block = rest[start..<end]
      guard let summary = Self.inside(block, "<summary>", "</summary>"), let tail = block.firstRange(of: "</summary>")
      else {
        kept += block
        rest = rest[end...]
        continue
      }
      blocks.append(
        (String(summary), anchor, String(block[tail.upperBound...].dropLast("</details>".count))))
      kept += "<p class=\"details\"><a href=\"\(Self.name)#d-\(blocks.count)\">\(summary)</a></p>"
      rest = rest[end...]
    }
    self.page = Self.unquoted(kept + rest)
  }

  /// The same markup with fewer bytes: numbers of cells without quotation marks.
  private static func unquoted(_ page: String) -> String {
    let opening = " data-value=\""
    var lines = page.replacing("class=\"number\"", with: "class=number").split(
      separator: opening, omittingEmptySubsequences: false)
    for index in lines.indices.dropFirst() {
      let value = lines[index].prefix { $0 != "\"" }
      let isNumber = !value.isEmpty && value.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
      let after = lines[index].dropFirst(value.count + 1)
      lines[index] = isNumber ? " data-value=\(value)\(after)" : "\(opening)\(lines[index])"[...]
    }
    return lines.joined()
  }

  /// The bytes of a page without its figures and drawings.
  static func weight(_ page: String) -> Int {
    outside(["<figure", "<svg"], [page[...]]).reduce(0) { $0 + $1.utf8.count }
  }

  /// The parts of a text that are in no element of these names, of which none holds another one of its name.
  private static func outside(_ openings: [String], _ parts: [Substring]) -> [Substring] {
    guard let opening = openings.first else { return parts }
    let closing = "</\(opening.dropFirst())>"
    let found = parts.flatMap { part -> [Substring] in
      var rest = part
      var found: [Substring] = []
      while let start = rest.firstRange(of: opening)?.lowerBound,
        let end = rest[start...].firstRange(of: closing)?.upperBound
      {
        found.append(rest[..<start])
        rest = rest[end...]
      }
      return found + [rest]
    }
    return outside(Array(openings.dropFirst()), found)
  }

  /// The end of the element that a text begins with, with all that are in it; nil where it does not end.
  private static func end(of text: Substring) -> Substring.Index? {
    var depth = 0
    var rest = text
    while let closing = rest.firstRange(of: "</details>") {
      depth += rest[..<closing.lowerBound].ranges(of: "<details").count - 1
      if depth == 0 { return closing.upperBound }
      rest = rest[closing.upperBound...]
    }
    return nil
  }

  private static func inside(_ text: Substring, _ opening: String, _ closing: String) -> Substring? {
    guard let start = text.firstRange(of: opening)?.upperBound,
      let end = text[start...].firstRange(of: closing)?.lowerBound
    else { return nil }
    return text[start..<end]
  }

  private static func lastAnchor(in text: Substring) -> String? {
    guard let start = text.ranges(of: " id=\"").last?.upperBound else { return nil }
    return String(text[start...].prefix { $0 != "\"" })
  }
}

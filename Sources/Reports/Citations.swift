/// `[@key]` and `[@one; @two]` in prose; a place in a publication stands outside: `[@key], p. 3`.
package enum Citations {
  /// The prose with every citation replaced; code spans, fenced code and brackets after a backslash stay. Characters that
  /// could steer a terminal or turn the direction of what follows become U+FFFD.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  static func resolved(
    _ prose: String, _ references: [BibliographyEntry], link: (BibliographyEntry) -> String
  ) throws(ReportError) -> String {
    var output = ""
    var rest = Escape.prose(prose)[...]
    while let next = rest.utf8.firstIndex(where: { "`~[\\".utf8.contains($0) }) {
      output += rest[..<next]
      rest = rest[next...]
      switch rest.utf8.first {
      case UInt8(ascii: "\\"): output += take(&rest, 2)
      case UInt8(ascii: "["):
        guard let citation = citation(at: rest) else {
          output += take(&rest, 1)
          break
        }
        var links: [String] = []
        for key in citation.keys {
          guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
          links.append(link(entry))
        }
        output += links.joined(separator: "; ")
        rest = rest[citation.end...]
      default: output += takeCode(&rest, isLineStart: output.isEmpty || output.unicodeScalars.last == "\n")
      }
    }
    return output + rest
  }

  /// The prose with every citation as a Markdown link to the reference in the same page.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  static func linked(_ prose: String, _ references: [BibliographyEntry]) throws(ReportError) -> String {
    try resolved(prose, references) { "[\(Escape.markdown($0.shortName))](<#ref-\($0.key)>)" }
  }

  /// The keys that prose cites, in order, with the lines on which they stand, from 0.
  package static func keys(in prose: String) -> [(key: String, line: Int)] {
    var keys: [(key: String, line: Int)] = []
    var line = 0
    var rest = prose[...]
    var isLineStart = true
    while let next = rest.utf8.firstIndex(where: { "`~[\\".utf8.contains($0) }) {
      func pass(_ text: Substring) {
        line += text.utf8.count { $0 == UInt8(ascii: "\n") }
        if let last = text.utf8.last { isLineStart = last == UInt8(ascii: "\n") }
      }
      pass(rest[..<next])
      rest = rest[next...]
      switch rest.utf8.first {
      case UInt8(ascii: "\\"): pass(take(&rest, 2))
      case UInt8(ascii: "["):
        if let citation = citation(at: rest) {
          keys += citation.keys.map { ($0, line) }
          pass(rest[..<citation.end])
          rest = rest[citation.end...]
        } else {
          pass(take(&rest, 1))
        }
      default: pass(takeCode(&rest, isLineStart: isLineStart))
      }
    }
    return keys
  }

  /// The keys of a citation that begins here, and where it ends; nil when it is another bracket.
  private static func citation(at text: Substring) -> (keys: [String], end: Substring.Index)? {
    guard text.hasPrefix("[@"), let close = text.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let inside = text[text.utf8.index(after: text.startIndex)..<close]
    let keys = inside.split(separator: ";").map { part in
      let key = part.drop { $0 == " " }
      return String(key.hasPrefix("@") ? key.dropFirst() : key)
    }
    return (keys, text.utf8.index(after: close))
  }

  private static func take(_ text: inout Substring, _ count: Int) -> Substring {
    let end = text.unicodeScalars.index(text.startIndex, offsetBy: count, limitedBy: text.endIndex) ?? text.endIndex
    defer { text = text[end...] }
    return text[..<end]
  }

  /// A run of backticks or tildes, with what is up to the run that closes it.
  private static func takeCode(_ text: inout Substring, isLineStart: Bool) -> Substring {
    guard let mark = text.unicodeScalars.first else { return "" }
    let open = text.unicodeScalars.prefix { $0 == mark }
    let isFence = isLineStart && open.count >= 3
    guard mark == "`" || isFence else { return take(&text, open.count) }
    var index = open.endIndex
    while let start = text.unicodeScalars[index...].firstIndex(of: mark) {
      let run = text.unicodeScalars[start...].prefix { $0 == mark }
      index = run.endIndex
      guard isFence ? run.count >= open.count : run.count == open.count else { continue }
      defer { text = text[index...] }
      return text[..<index]
    }
    return take(&text, open.count)
  }
}

/// `[@key]` and `[@one; @two]` in prose.
enum Citations {
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
        guard let keys = keys(at: rest) else {
          output += take(&rest, 1)
          break
        }
        var links: [String] = []
        for key in keys.names {
          guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
          links.append(link(entry))
        }
        output += links.joined(separator: "; ")
        rest = rest[keys.end...]
      default: output += takeCode(&rest, isLineStart: output.isEmpty || output.unicodeScalars.last == "\n")
      }
    }
    return output + rest
  }

  /// The keys of a citation that begins here, and where it ends; nil when it is another bracket.
  private static func keys(at text: Substring) -> (names: [String], end: Substring.Index)? {
    guard text.hasPrefix("[@"), let close = text.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let inside = text[text.utf8.index(after: text.startIndex)..<close]
    let names = inside.split(separator: ";").map { part in
      let key = part.drop { $0 == " " }
      return String(key.hasPrefix("@") ? key.dropFirst() : key)
    }
    return (names, text.utf8.index(after: close))
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

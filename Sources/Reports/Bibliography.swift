import Diagnostics

/// A publication.
public struct BibliographyEntry: Sendable, Hashable {
  /// The key.
  public var key: String
  /// Fields by lower-case name, braces taken off.
  public var fields: [String: String]

  /// Creates an entry.
  public init(key: String, fields: [String: String]) {
    self.key = key
    self.fields = fields
  }

  /// "Serianni & Kalita (2023)".
  public var shortName: String {
    let names = authors.map { $0.last }
    let who =
      switch names.count {
      case 0: key
      case 1: names[0]
      case 2: "\(names[0]) & \(names[1])"
      default: "\(names[0]) et al."
      }
    return "\(who) (\(fields["year"] ?? "n.d."))"
  }

  /// The full reference in plain text.
  public var citation: String {
    let who = authors.map { $0.first.isEmpty ? $0.last : "\($0.last), \($0.first)" }.joined(separator: "; ")
    let venue = fields["booktitle"] ?? fields["journal"] ?? fields["howpublished"]
    return [
      "\(who) (\(fields["year"] ?? "n.d."))", fields["title"], venue,
      fields["doi"].map { "doi:\($0)" } ?? fields["url"],
    ].compactMap { $0 }.joined(separator: ". ") + "."
  }

  private var authors: [(first: String, last: String)] {
    (fields["author"] ?? "").split(separator: " and ").map { name in
      let parts = name.split(separator: ",", maxSplits: 1).map { $0.split(separator: " ").joined(separator: " ") }
      if parts.count == 2 { return (parts[1], parts[0]) }
      let words = name.split(separator: " ")
      return (words.dropLast().joined(separator: " "), words.last.map(String.init) ?? "")
    }
  }
}

/// A small reader of BibTeX: entries with fields in braces or quotes.
public enum Bibliography {
  /// Reads a file's content.
  ///
  /// - Throws: `DiagnosticsError` naming the line of the first thing that is not BibTeX, or of a key given twice.
  public static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> [BibliographyEntry] {
    var reader = BibTeXReader(Array(String(decoding: bytes, as: UTF8.self)), file: file)
    var entries: [BibliographyEntry] = []
    while let entry = try reader.entry() {
      if entries.contains(where: { $0.key == entry.key }) {
        throw reader.failure("the key \(entry.key) is there already")
      }
      entries.append(entry)
    }
    return entries
  }
}

private struct BibTeXReader {
  private let text: [Character]
  private let file: String
  private var index = 0

  init(_ text: [Character], file: String) {
    self.text = text
    self.file = file
  }

  func failure(_ message: String) -> DiagnosticsError {
    let line = 1 + text[..<min(index, text.count)].count(where: \.isNewline)
    return DiagnosticsError([
      Diagnostic(
        id: "bad-bibliography", location: SourceLocation(file: file, line: line), message: message,
        fix: "write @type{key, field = {…}, …}")
    ])
  }

  mutating func entry() throws(DiagnosticsError) -> BibliographyEntry? {
    while index < text.count, text[index] != "@" { index += 1 }
    guard index < text.count else { return nil }
    index += 1
    _ = word()
    try expect("{")
    let key = word()
    var fields: [String: String] = [:]
    while true {
      skipBlanks()
      if index < text.count, text[index] == "," { index += 1 }
      skipBlanks()
      guard index < text.count else { throw failure("the entry \(key) is not closed") }
      if text[index] == "}" {
        index += 1
        return BibliographyEntry(key: key, fields: fields)
      }
      let name = word().lowercased()
      guard !name.isEmpty else { throw failure("a field has no name in \(key)") }
      try expect("=")
      fields[name] = try value()
    }
  }

  private mutating func skipBlanks() { while index < text.count, text[index].isWhitespace { index += 1 } }

  private mutating func word() -> String {
    skipBlanks()
    let start = index
    while index < text.count, text[index].isLetter || text[index].isNumber || "-_:./".contains(text[index]) {
      index += 1
    }
    return String(text[start..<index])
  }

  private mutating func expect(_ character: Character) throws(DiagnosticsError) {
    skipBlanks()
    guard index < text.count, text[index] == character else { throw failure("\(character) is missing") }
    index += 1
  }

  private mutating func value() throws(DiagnosticsError) -> String {
    skipBlanks()
    guard index < text.count else { throw failure("a value is missing") }
    guard text[index] == "{" || text[index] == "\"" else { return word() }
    let isQuoted = text[index] == "\""
    index += 1
    var depth = 0
    var value = ""
    while index < text.count {
      let character = text[index]
      index += 1
      if character == "{" {
        depth += 1
      } else if character == "}" {
        if depth == 0, !isQuoted { return value.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        depth -= 1
      } else if character == "\"", isQuoted, depth == 0 {
        return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      } else {
        value.append(character)
      }
    }
    throw failure("a value is not closed")
  }
}

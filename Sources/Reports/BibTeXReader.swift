import Diagnostics

/// Reads BibTeX entry by entry, with bounds on what macros can make of a short text.
struct BibTeXReader {
  /// The longest value in bytes, its macros written out.
  static let valueLimit = 1 << 16
  /// The most bytes of all values.
  static let totalLimit = 1 << 25

  private let text: [Unicode.Scalar]
  private let file: String
  private var index: Int
  private var start = 0
  private var total = 0
  private var macros: [String: String] = [
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
  ]

  init(_ text: String, file: String) {
    self.text = Array(text.unicodeScalars)
    self.file = file
    index = self.text.first == "\u{FEFF}" ? 1 : 0
  }

  /// The next entry; nil at the end.
  mutating func entry() throws(DiagnosticsError) -> BibliographyEntry? {
    while let at = text[index...].firstIndex(of: "@") {
      index = at + 1
      start = at
      let type = word().lowercased()
      switch type {
      case "comment", "preamble":
        try expect("{")
        _ = try braced()
      case "string":
        try expect("{")
        let name = word().lowercased()
        try expect("=")
        macros[name] = try value()
        try expect("}")
      default: return try fields(type)
      }
    }
    return nil
  }

  /// A problem at the place reached, or at the beginning of the entry when the text is over.
  func failure(_ message: String) -> DiagnosticsError {
    let place = text[index...].contains { !Self.isBlank($0) } ? index : start
    let line = 1 + text[..<place].count { $0 == "\n" }
    let column = 1 + text[..<place].reversed().prefix { $0 != "\n" }.count
    return DiagnosticsError([
      Diagnostic(
        id: "bad-bibliography", location: SourceLocation(file: file, line: line, column: column), message: message,
        fix: "write @type{key, field = {…}, …}")
    ])
  }

  private mutating func fields(_ type: String) throws(DiagnosticsError) -> BibliographyEntry {
    guard !type.isEmpty else { throw failure("the type of the entry is missing after @") }
    try expect("{")
    let key = word()
    guard !key.isEmpty else { throw failure("the key of the entry is missing") }
    var fields: [String: String] = [:]
    while true {
      if next == "," { index += 1 }
      guard let here = next else { throw failure("the entry \(key) is not closed") }
      if here == "}" {
        index += 1
        return BibliographyEntry(key: key, type: type, fields: fields)
      }
      let name = word().lowercased()
      guard !name.isEmpty else { throw failure("a field of \(key) has no name") }
      guard fields[name] == nil else { throw failure("the field \(name) is twice in \(key)") }
      try expect("=")
      fields[name] = try value()
    }
  }

  /// The next scalar that is not blank.
  private var next: Unicode.Scalar? {
    mutating get {
      while index < text.count, Self.isBlank(text[index]) { index += 1 }
      return index < text.count ? text[index] : nil
    }
  }

  private mutating func word() -> String {
    var word = ""
    while let scalar = word.isEmpty ? next : (index < text.count ? text[index] : nil) {
      guard
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_:./+".unicodeScalars.contains(scalar)
      else { break }
      word.unicodeScalars.append(scalar)
      index += 1
    }
    return word
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(DiagnosticsError) {
    guard next == scalar else { throw failure("\(scalar) is missing") }
    index += 1
  }

  /// The parts of a value joined, blanks made one space.
  private mutating func value() throws(DiagnosticsError) -> String {
    var value = ""
    var isFirst = true
    while isFirst || next == "#" {
      if !isFirst { index += 1 }
      isFirst = false
      let part = try part()
      guard value.utf8.count + part.utf8.count <= Self.valueLimit else {
        throw failure("a value is over \(Self.valueLimit) bytes long, its macros written out")
      }
      value += part
    }
    total += value.utf8.count
    guard total <= Self.totalLimit else {
      throw failure("the values are over \(Self.totalLimit) bytes long together, their macros written out")
    }
    return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private mutating func part() throws(DiagnosticsError) -> String {
    guard let first = next else { throw failure("a value is missing") }
    if first == "{" || first == "\"" {
      index += 1
      return first == "{" ? try braced() : try quoted()
    }
    let word = word()
    guard let letter = word.unicodeScalars.first else { throw failure("a value is missing") }
    if letter.properties.numericType != nil { return word }
    guard let text = macros[word.lowercased()] else {
      throw failure("\(word) is not defined; put text in braces")
    }
    return text
  }

  /// The text up to the brace that closes, after the one that opens.
  private mutating func braced() throws(DiagnosticsError) -> String {
    let begin = index
    var depth = 1
    while index < text.count {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      index += 1
      if depth == 0 { return String(String.UnicodeScalarView(text[begin..<(index - 1)])) }
    }
    throw failure("a brace is not closed")
  }

  private mutating func quoted() throws(DiagnosticsError) -> String {
    let begin = index
    var depth = 0
    while index < text.count {
      let scalar = text[index]
      index += 1
      if scalar == "{" { depth += 1 }
      if scalar == "}" { depth -= 1 }
      if depth < 0 { throw failure("a brace is closed that was not opened") }
      if scalar == "\"", depth == 0 { return String(String.UnicodeScalarView(text[begin..<(index - 1)])) }
    }
    throw failure("a quotation mark is not closed")
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}

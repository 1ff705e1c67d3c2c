import Diagnostics

/// The signs that divide a text into records and cells.
package struct CSVDialect: Sendable, Hashable {
  /// The byte between cells, in ASCII.
  package var separator = UInt8(ascii: ",")
  /// The bytes at whose beginning a line is no record; none when empty.
  package var comment: [UInt8] = []
  /// True when blanks before and after quotes are passed over.
  package var passesBlanks = false

  /// Commas between cells, no comments (RFC 4180).
  package init() {}
}

/// Splits CSV text into records of cells without copying; holds a window of the text at a time.
package struct CSVRecords {
  /// A cell: a range of bytes, and whether quotes have to be taken off.
  package struct Cell {
    package var range: Range<Int>
    package var isQuoted: Bool
  }

  /// Lines that were comments.
  package private(set) var commentCount = 0
  /// The last line that was a comment, without what marks it.
  package private(set) var lastComment: String?

  private let window: ByteWindow
  private let file: String
  private let dialect: CSVDialect
  private var position: Int
  private var cells: [Cell] = []
  /// The 1-based line where the last record began.
  package private(set) var line = 0
  private var nextLine = 1

  private var bytes: UnsafeBufferPointer<UInt8> { window.bytes }

  /// Begins to read.
  ///
  /// - Throws: `DiagnosticsError` for what is no UTF-8 text.
  package init(
    _ source: any ByteSource, file: String, dialect: CSVDialect = CSVDialect()
  ) throws(DiagnosticsError) {
    window = ByteWindow(source, capacity: 4 * CSVImport.recordLimit)
    self.file = file
    self.dialect = dialect
    position = 0
    try window.refill(keepingFrom: 0)
    if window.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if let problem = TextEncoding.problem(withStart: window.bytes, file: file) { throw DiagnosticsError([problem]) }
  }

  /// Records to expect, from the length of the first lines.
  var estimatedRecords: Int {
    let sample = min(bytes.count, 1 << 16)
    let lines = bytes[..<sample].count { $0 == 10 }
    return lines == 0 ? 0 : Int(Double(window.totalBytes) / Double(sample) * Double(lines) * 1.01) + 1
  }

  /// The text of a cell.
  package func text(_ cell: Cell) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[cell.range])
    guard cell.isQuoted else { return String(decoding: slice, as: UTF8.self) }
    return String(decoding: slice, as: UTF8.self).replacingDoubledQuotes()
  }

  /// The bytes of a cell.
  package func bytes(_ cell: Cell) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[cell.range]) }

  /// The 1-based column where a cell begins, in bytes.
  package func column(_ cell: Cell) -> Int {
    var start = cell.range.lowerBound
    while start > 0, bytes[start - 1] != 10 { start -= 1 }
    return cell.range.lowerBound - start + 1
  }

  /// The next record that is not an empty line; nil at the end.
  ///
  /// - Throws: `DiagnosticsError` for text that is not CSV or not UTF-8.
  package mutating func next() throws(DiagnosticsError) -> [Cell]? {
    guard let record = try split() else { return nil }
    let text = UnsafeBufferPointer(rebasing: bytes[record.start..<position])
    if let problem = TextEncoding.problem(in: text, file: file, line: line) { throw DiagnosticsError([problem]) }
    return record.cells
  }

  private mutating func split() throws(DiagnosticsError) -> (start: Int, cells: [Cell])? {
    while true {
      if bytes.count - position < 2 * CSVImport.recordLimit, !window.isAtEnd {
        try window.refill(keepingFrom: position)
        position = 0
      }
      while position < bytes.count, bytes[position] == 10 || bytes[position] == 13 {
        if bytes[position] == 10 { nextLine += 1 }
        position += 1
      }
      guard position < bytes.count else { return nil }
      guard !dialect.comment.isEmpty, bytes[position...].starts(with: dialect.comment) else { break }
      try passComment()
    }
    let bytes = self.bytes
    let quote = UInt8(ascii: "\"")
    let comma = dialect.separator
    line = nextLine
    let recordStart = position
    cells.removeAll(keepingCapacity: true)
    while true {
      if dialect.passesBlanks { passBlanks(beforeQuote: true) }
      var start = position
      var end: Int
      var isQuoted = false
      if position < bytes.count, bytes[position] == quote {
        isQuoted = true
        position += 1
        start = position
        while true {
          guard position < bytes.count, position - recordStart <= CSVImport.recordLimit else {
            throw failure("a quote is not closed", fix: "close the quote, or double the quotes inside it")
          }
          if bytes[position] == 10 { nextLine += 1 }
          if bytes[position] == quote {
            guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
            position += 1
          }
          position += 1
        }
        end = position
        position += 1
        if dialect.passesBlanks { passBlanks(beforeQuote: false) }
      } else {
        while position < bytes.count, bytes[position] != comma, bytes[position] != 10 { position += 1 }
        end = position
        let isLast = position == bytes.count || bytes[position] == 10
        if isLast, end > start, bytes[end - 1] == 13 { end -= 1 }
      }
      guard position - recordStart <= CSVImport.recordLimit else {
        throw failure("a record is over \(CSVImport.recordLimit) bytes long", fix: "check that the file is CSV")
      }
      cells.append(Cell(range: start..<end, isQuoted: isQuoted))
      if position < bytes.count, bytes[position] == 13 { position += 1 }
      guard position < bytes.count else { return (recordStart, cells) }
      if bytes[position] == comma {
        position += 1
      } else if bytes[position] == 10 {
        position += 1
        nextLine += 1
        return (recordStart, cells)
      } else {
        throw failure("text follows a closing quote", fix: "double the quotes inside a quoted cell")
      }
    }
  }

  /// Passes over blanks, before a cell only where a quote follows them.
  private mutating func passBlanks(beforeQuote: Bool) {
    var next = position
    while next < bytes.count, bytes[next] == 32 || bytes[next] == 9 && dialect.separator != 9 { next += 1 }
    if !beforeQuote || next < bytes.count && bytes[next] == UInt8(ascii: "\"") { position = next }
  }

  /// Passes over a line that is a comment.
  private mutating func passComment() throws(DiagnosticsError) {
    line = nextLine
    let end = bytes[position...].firstIndex(of: 10) ?? bytes.count
    guard end < bytes.count || window.isAtEnd else {
      throw failure("a comment is over \(CSVImport.recordLimit) bytes long", fix: "check that the file is CSV")
    }
    lastComment = String(decoding: bytes[(position + dialect.comment.count)..<end].prefix(1 << 16), as: UTF8.self)
    commentCount += 1
    position = end
  }

  private func failure(_ message: String, fix: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(id: "bad-csv", location: SourceLocation(file: file, line: line), message: message, fix: fix)
    ])
  }
}

extension String {
  fileprivate func replacingDoubledQuotes() -> String {
    var result = ""
    var isSecond = false
    for scalar in unicodeScalars {
      if scalar == "\"", isSecond {
        isSecond = false
      } else {
        isSecond = scalar == "\""
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

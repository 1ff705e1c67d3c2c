import Diagnostics

/// The cells of a file before their types are known: texts in rows, each row with its line.
struct RawTable {
  /// The most rows, columns and cells.
  static let limits = (rows: 5_000_000, columns: 10_000, cells: 50_000_000)

  /// What is known of a cell besides its text.
  enum Kind: UInt32 {
    /// Text that may stand for anything.
    case open
    /// Text, also where it looks like a number.
    case text
    /// No value: JSON's null, SQL's NULL, a key that an object lacks.
    case missing
    /// Text that stood in quotes, and may stand for anything.
    case quoted
  }

  private struct Cell {
    var offset: UInt32
    var lengthAndKind: UInt32
  }

  /// The names of columns as the file has them.
  var headers: [String]
  /// The file's name in findings.
  let file: String
  private var texts: [UInt8] = []
  private var cells: [Cell] = []
  /// The 1-based line of each row.
  private(set) var lines: [Int32] = []
  private var current: [Cell] = []

  init(headers: [String], file: String) {
    self.headers = headers
    self.file = file
  }

  var rowCount: Int { lines.count }
  var columnCount: Int { headers.count }

  mutating func reserve(rows: Int, textBytes: Int) {
    let rows = min(rows, Self.limits.rows)
    lines.reserveCapacity(rows)
    cells.reserveCapacity(min(rows * max(1, columnCount), Self.limits.cells))
    texts.reserveCapacity(min(textBytes, OwnText.limit))
  }

  /// Adds a cell to the row that is being read.
  mutating func add(_ text: some Collection<UInt8>, _ kind: Kind = .open) {
    let offset = UInt32(truncatingIfNeeded: texts.count)
    texts.append(contentsOf: text)
    let length = UInt32(truncatingIfNeeded: min(text.count, (1 << 30) - 1))
    current.append(Cell(offset: offset, lengthAndKind: length | kind.rawValue << 30))
  }

  /// Adds a cell that another table, or this one, has.
  mutating func add(_ row: Int, _ column: Int, of other: RawTable) {
    add(other.bytes(row, column), other.kind(row, column))
  }

  /// Ends the row that is being read; cells that it lacks are missing.
  ///
  /// - Throws: `DiagnosticsError` when the table is over its limits.
  mutating func endRow(line: Int) throws(DiagnosticsError) {
    while current.count < columnCount { add([], .missing) }
    cells.append(contentsOf: current.prefix(columnCount))
    current.removeAll(keepingCapacity: true)
    lines.append(Int32(truncatingIfNeeded: min(line, Int(Int32.max))))
    guard lines.count <= Self.limits.rows, cells.count <= Self.limits.cells, texts.count <= OwnText.limit else {
      throw DiagnosticsError([
        Diagnostic(
          id: "file-too-large", location: SourceLocation(file: file, line: line),
          message: "the table is too large from here on",
          reason:
            "at most \(Self.limits.rows) rows, \(Self.limits.cells) cells and \(OwnText.limit) bytes of text are read",
          fix: "leave rows or columns out of the file")
      ])
    }
  }

  func kind(_ row: Int, _ column: Int) -> Kind {
    Kind(rawValue: cells[row * columnCount + column].lengthAndKind >> 30) ?? .open
  }

  /// The bytes of a cell.
  func bytes(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let cell = cells[row * columnCount + column]
    let start = Int(cell.offset)
    return texts[start..<(start + Int(cell.lengthAndKind & (1 << 30 - 1)))]
  }

  /// The 1-based column, in bytes, at which a cell of separated text begins in its line.
  func place(_ row: Int, _ column: Int) -> Int {
    (0..<column).reduce(1) { place, index in
      let bytes = bytes(row, index)
      let quotes = kind(row, index) == .quoted ? 2 + bytes.count { $0 == UInt8(ascii: "\"") } : 0
      return place + bytes.count + quotes + 1
    }
  }

  /// The text of a cell.
  func text(_ row: Int, _ column: Int) -> String { String(decoding: bytes(row, column), as: UTF8.self) }

  /// Hands out the cells of a column in order: the row, the bytes without blanks around them, the kind.
  func forEach(inColumn column: Int, _ body: (Int, UnsafeBufferPointer<UInt8>, Kind) -> Void) {
    texts.withUnsafeBufferPointer { texts in
      var index = column
      for row in lines.indices {
        let cell = cells[index]
        index += columnCount
        var start = Int(cell.offset)
        var end = start + Int(cell.lengthAndKind & (1 << 30 - 1))
        while start < end, texts[start] == 32 || texts[start] == 9 { start += 1 }
        while end > start, texts[end - 1] == 32 || texts[end - 1] == 9 { end -= 1 }
        body(
          row, UnsafeBufferPointer(rebasing: texts[start..<end]), Kind(rawValue: cell.lengthAndKind >> 30) ?? .open)
      }
    }
  }

  /// The table with the given columns in the place of its own.
  func replacingHeaders(_ names: [String]) -> RawTable {
    var table = self
    table.headers = names
    return table
  }
}

import Diagnostics

/// A column to read from a CSV file.
package struct CSVColumn: Sendable, Hashable {
  /// Name, type and meaning.
  package var schema: ColumnSchema
  /// The header, compared without blanks around it.
  package var header: String
  /// Texts that stand for a missing value, with the reason stored for them.
  package var missing: [String: String]
  /// The part of the cell that is read; all of it when nil.
  package var part: CellPart?

  package init(schema: ColumnSchema, header: String, missing: [String: String] = [:], part: CellPart? = nil) {
    self.schema = schema
    self.header = header
    self.missing = missing
    self.part = part
  }
}

/// Reads CSV text (RFC 4180: quotes, line breaks in quotes, CRLF or LF; a byte-order mark is skipped; UTF-8) into a table.
///
/// ```swift
/// let schema = ColumnSchema(name: "accuracy", type: .real, role: .target, unit: "%", better: .higher)
/// let outcome = try CSVImport(columns: [CSVColumn(schema: schema, header: "test acc")]).read(bytes, file: "results.csv")
/// let accuracies = outcome.table["accuracy"]?.numbers  // nil where a cell has a reason instead
/// ```
package struct CSVImport: Sendable {
  /// The columns wanted, in the order of the table.
  package var columns: [CSVColumn]
  /// Headers that are known and not read.
  package var ignoredHeaders: Set<String>
  /// True when a row whose last cell has the header line glued to it (`12738000log name,loss,…`) is cut apart and kept.
  package var repairsGluedHeader: Bool
  /// The most malformed rows, and the most columns that do not fit, described one by one.
  package static let problemLimit = 100
  /// The longest record in bytes.
  package static let recordLimit = 1 << 20

  package init(columns: [CSVColumn], ignoredHeaders: Set<String> = [], repairsGluedHeader: Bool = false) {
    self.columns = columns
    self.ignoredHeaders = ignoredHeaders
    self.repairsGluedHeader = repairsGluedHeader
  }

  /// A reason for not taking a row as it is.
  package enum RowFault: String, Sendable, Hashable, CaseIterable {
    /// The header line again.
    case repeatedHeader = "the header line again"
    /// Another number of cells than the header.
    case cellCount = "another number of cells than the header has"
    /// A cell that is not of its column's type.
    case badCell = "a cell that is not of its column's type"
    /// A header glued to the last cell, cut apart.
    case gluedHeader = "a header glued to its last cell, cut apart"
  }

  /// The content of a file, and the rows that were left out or repaired.
  package struct Outcome: Sendable {
    /// The rows that could be read.
    package var table: Table
    /// One finding for each malformed row, up to `problemLimit`.
    package var problems: [Diagnostic]
    /// 1-based lines of the records that were left out, by reason.
    package var skipped: [RowFault: [Int]]
    /// 1-based lines of the records from which a glued header was cut off.
    package var repaired: [Int]
    /// Number of records after the header, those left out among them.
    package var recordCount: Int
    /// Numbers of cells without a value whose text the columns do not declare, such as `NaN`, by column.
    package var undeclared: [(column: String, count: Int)]
  }

  /// Reads a file's content.
  ///
  /// - Throws: `DiagnosticsError` when the header does not fit or the text is not CSV; malformed rows are in the outcome.
  package func read(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> Outcome {
    try read(MemorySource(bytes), file: file)
  }

  /// Reads a source, a window of it in memory at a time.
  package func read(_ source: any ByteSource, file: String) throws(DiagnosticsError) -> Outcome {
    var records = try CSVRecords(source, file: file)
    guard let header = try records.next() else {
      throw DiagnosticsError([
        Diagnostic(
          id: "empty-file", location: SourceLocation(file: file, line: 1), message: "the file is empty",
          fix: "check the download: `trainfree data verify`")
      ])
    }
    let headers = header.map { records.text($0).trimmingBlanks() }
    let positions = try self.positions(in: headers, file: file)
    var builder = CSVTableBuilder(columns: columns, positions: positions, headers: headers, file: file)
    builder.repairsGluedHeader = repairsGluedHeader
    builder.reserve(rows: records.estimatedRecords)
    while let cells = try records.next() { builder.add(cells, records) }
    return builder.outcome()
  }

  /// The finding on a header with semicolons or tabs between its names in place of commas; nil for any other.
  private func otherSeparator(_ headers: [String], _ place: SourceLocation) -> Diagnostic? {
    guard headers.count == 1, !columns.contains(where: { $0.header.trimmingBlanks() == headers[0] }) else { return nil }
    let separators = [(";", "semicolons"), ("\t", "tabs")].filter { headers[0].contains($0.0) }
    guard let separator = separators.first else { return nil }
    return Diagnostic(
      id: "other-separator", location: place,
      message: "the header's names are separated by \(separator.1), not by commas",
      fix: "save the file with commas between cells" + (separator.0 == ";" ? " and points in numbers" : ""))
  }

  private func positions(in headers: [String], file: String) throws(DiagnosticsError) -> [Int] {
    let place = SourceLocation(file: file, line: 1)
    if let problem = otherSeparator(headers, place) { throw DiagnosticsError([problem]) }
    var problems: [Diagnostic] = []
    var positions: [Int] = []
    let places = Dictionary(grouping: headers.indices) { headers[$0] }
    for column in columns {
      let found = places[column.header.trimmingBlanks()] ?? []
      if found.count == 1 {
        positions.append(found[0])
      } else if problems.count < Self.problemLimit {
        let close = Suggestion.closest(to: column.header, in: headers)
        problems.append(
          Diagnostic(
            id: found.isEmpty ? "missing-column" : "duplicate-column", location: place,
            message: found.isEmpty
              ? "there is no column \(column.header)" : "there are \(found.count) columns \(column.header)",
            fix: close.map { "the nearest header is \($0)" }
              ?? "the headers are: \(headers.prefix(40).joined(separator: ", "))"))
      }
    }
    let known = Set(columns.map { $0.header.trimmingBlanks() }).union(ignoredHeaders)
    for header in headers where !known.contains(header) && problems.count < Self.problemLimit {
      problems.append(
        Diagnostic(
          id: "unknown-column", location: place, message: "the column \(header) is not declared",
          fix: "declare it in the catalogue"))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return positions
  }
}

extension StringProtocol {
  /// The text without blanks and tabs at its ends.
  package func trimmingBlanks() -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(self.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

/// A part of a cell's text, such as the number in the name of a log.
package struct CellPart: Sendable, Hashable {
  /// The text before the part.
  package var before: String
  /// The text after it.
  package var after: String

  package init(before: String, after: String) {
    self.before = before
    self.after = after
  }

  /// The text between the first `before` and the next `after`; nil when either is not there.
  package func cut(_ text: String) -> Substring? {
    guard let start = text.firstRange(of: before) else { return nil }
    let rest = text[start.upperBound...]
    return rest.firstRange(of: after).map { rest[..<$0.lowerBound] }
  }
}

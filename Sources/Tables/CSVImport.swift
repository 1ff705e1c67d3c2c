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

  /// The finding on a first line that is no header of this file as a whole: other signs between cells or at the ends of lines, a
  /// comment, or data; nil where at least one declared column is in it.
  private func unfitting(_ headers: [String], _ place: SourceLocation) -> Diagnostic? {
    func finding(_ id: String, _ message: String, _ fix: String) -> Diagnostic {
      Diagnostic(id: id, location: place, message: message, fix: fix)
    }
    if headers.contains(where: { $0.unicodeScalars.contains("\r") }) {
      return finding(
        "other-line-ends", "lines end in carriage returns alone", "save the file with line feeds: `tr '\\r' '\\n'`")
    }
    let declared = Set(columns.map { $0.header.trimmingBlanks() })
    guard declared.isDisjoint(with: headers), let first = headers.first else { return nil }
    if first.hasPrefix("#") {
      return finding(
        "no-header", "the first line is a comment, where the names of columns should stand", "take the line out")
    }
    if headers.count == 1 {
      let signs: [(sign: String, words: String, more: String)] = [
        (";", "semicolons", " and points in numbers"), ("\t", "tabs", ""), ("|", "bars", ""), (" ", "blanks", ""),
      ]
      if let found = signs.first(where: { first.contains($0.sign) }) {
        return finding(
          "other-separator", "the header's names are separated by \(found.words), not by commas",
          "save the file with commas between cells\(found.more)")
      }
    }
    guard columns.count > 1 else { return nil }
    let shown = ConsoleWriter.visible(String(headers.prefix(6).joined(separator: ", ").prefix(80)))
    return finding(
      "no-header", "none of the \(columns.count) declared columns is in the first line, which begins \(shown)",
      "put a line with the names of the columns first")
  }

  private func positions(in headers: [String], file: String) throws(DiagnosticsError) -> [Int] {
    let place = SourceLocation(file: file, line: 1)
    if let problem = unfitting(headers, place) { throw DiagnosticsError([problem]) }
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
    for (index, header) in headers.enumerated() where !known.contains(header) && problems.count < Self.problemLimit {
      problems.append(
        header.isEmpty
          ? Diagnostic(
            id: "unknown-column", location: place, message: "column \(index + 1) has no name and is not declared",
            reason: "pandas writes its row numbers so",
            fix:
              "put \"\" among `ignored-headers` of the dataset in the catalogue, or declare the column with `header: \"\"`"
          )
          : Diagnostic(
            id: "unknown-column", location: place,
            message: "the column \(ConsoleWriter.visible(String(header.prefix(60)))) is not declared",
            fix: "declare it in the catalogue, or put it among the dataset's `ignored-headers`"))
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

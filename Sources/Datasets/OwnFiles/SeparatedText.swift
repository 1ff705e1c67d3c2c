import Diagnostics
import Specs
import Tables

/// Reads text with cells between separators into raw columns: CSV, TSV and their kin.
struct SeparatedText {
  let reading: FileReading
  let file: String
  /// True when malformed rows are counted and left out.
  let skipsMalformed: Bool
  /// The sign between cells.
  private(set) var separator = CellSeparator.comma
  /// Rows left out, by reason.
  private(set) var skipped: [(reason: String, line: Int)] = []
  /// Lines that were comments.
  private(set) var commentCount = 0
  /// Records after the header, those left out among them.
  private(set) var recordCount = 0

  /// The most lines that tell the separator.
  private static let sample = 50

  init(_ reading: FileReading, file: String, skipsMalformed: Bool) {
    self.reading = reading
    self.file = file
    self.skipsMalformed = skipsMalformed
  }

  /// Reads a text.
  ///
  /// - Throws: `DiagnosticsError` with every row that has another number of cells than the header, up to a limit, unless such rows are
  ///   left out; and for text that cannot be read at all.
  mutating func read(_ text: [UInt8]) throws(DiagnosticsError) -> RawTable {
    var text = text
    let named = statedSeparator(&text)
    separator = reading.separator ?? named ?? guessedSeparator(text)
    var records = try self.records(text, separator)
    var first = try texts(of: &records)
    guard var header = first else {
      throw failure("empty-file", 1, "the file is empty", fix: "check that it was saved")
    }
    var problems = DiagnosticList()
    let line = records.line
    switch reading.header {
    case .names(let names): header = names
    case .none: header = (1...max(1, header.count)).map { "column-\($0)" }
    case .first:
      first = nil
      if let comment = records.lastComment, let names = commented(comment, header) {
        first = header
        header = names
      } else if Self.isData(header) {
        throw failure(
          "no-header", line, "the first line holds numbers where the names of columns should stand",
          reason: "read as names, its values would be missing in the table",
          fix: "say `header: none`, or give the names: `header: [architecture, accuracy, …]`")
      } else if reading.separator == nil, named == nil, header.count == 1 {
        try refuseBlanks(text, header[0], line)
      }
    }
    guard header.count <= RawTable.limits.columns else {
      throw failure(
        "too-many-columns", line, "the header has \(header.count) columns",
        reason: "at most \(RawTable.limits.columns) are read", fix: "leave columns out of the file")
    }
    var table = RawTable(headers: header, file: file)
    table.reserve(rows: text.count / max(8, 4 * header.count), textBytes: text.count)
    if let first {
      try add(first.map { Array($0.utf8) }, line, &table, &problems)
    }
    var isFirst = first == nil
    while let cells = try records.next() {
      if cells.count == 1, header.count > 1, records.text(cells[0]).allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      if isFirst, case .first = reading.header, cells.count == header.count + 1 {
        // R writes no name above the names of rows.
        header = [""] + header
        table = RawTable(headers: header, file: file)
      }
      isFirst = false
      recordCount += 1
      guard cells.count == header.count else {
        malformed(
          records.line, "the row has \(cells.count) cells, the header \(header.count)",
          "another number of cells than the header has", &problems)
        continue
      }
      if isHeader(cells, records, header) {
        malformed(records.line, "the header line stands here again", "the header line again", &problems)
        continue
      }
      for cell in cells {
        if cell.isQuoted { table.add(records.text(cell).utf8, .quoted) } else { table.add(records.bytes(cell)) }
      }
      try table.endRow(line: records.line)
    }
    commentCount = records.commentCount
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    return table
  }

  private mutating func add(
    _ cells: [[UInt8]], _ line: Int, _ table: inout RawTable, _ problems: inout DiagnosticList
  ) throws(DiagnosticsError) {
    recordCount += 1
    guard cells.count == table.columnCount else {
      return malformed(
        line, "the row has \(cells.count) cells, the header \(table.columnCount)",
        "another number of cells than the header has", &problems)
    }
    for cell in cells { table.add(cell) }
    try table.endRow(line: line)
  }

  private func records(_ text: [UInt8], _ separator: CellSeparator) throws(DiagnosticsError) -> CSVRecords {
    var dialect = CSVDialect()
    dialect.separator = separator.byte
    dialect.comment = Array((reading.comment ?? "").utf8)
    dialect.passesBlanks = true
    return try CSVRecords(MemorySource(text), file: file, dialect: dialect)
  }

  /// The cells of the next record without blanks around them; nil at the end.
  private func texts(of records: inout CSVRecords) throws(DiagnosticsError) -> [String]? {
    guard let cells = try records.next() else { return nil }
    return cells.map { records.text($0).trimmingBlanks() }
  }

  /// The separator that Excel's first line `sep=;` names; that line becomes an empty one.
  private func statedSeparator(_ text: inout [UInt8]) -> CellSeparator? {
    guard text.starts(with: Array("sep=".utf8)), text.count > 6, [10, 13].contains(text[5]) else { return nil }
    let separator = CellSeparator.allCases.first { $0.byte == text[4] }
    if separator != nil { text.removeFirst(5) }
    return separator
  }

  /// Refuses text of which nothing but blanks separates the cells.
  private func refuseBlanks(_ text: [UInt8], _ header: String, _ line: Int) throws(DiagnosticsError) {
    let words = header.split(whereSeparator: \.isWhitespace).count
    guard words > 1, var records = try? records(text, .comma) else { return }
    var counts: [Int] = []
    while counts.count < Self.sample, let cells = try? records.next() {
      counts.append(cells.map { records.text($0) }.joined(separator: ",").split(whereSeparator: \.isWhitespace).count)
    }
    guard counts.count > 1, counts.dropFirst().allSatisfy({ $0 == words || $0 == words + 1 }) else { return }
    throw failure(
      "no-separator", line, "only blanks stand between the names of the header",
      reason: "cells are separated by commas, semicolons, tabs or bars",
      fix: "save the file as CSV, or state the `separator` if it is one column")
  }

  /// The separator by which the first lines have the same number of cells, the most when several do; by which the header has the
  /// most when none does.
  private func guessedSeparator(_ text: [UInt8]) -> CellSeparator {
    var best: (separator: CellSeparator, isEven: Bool, count: Int)?
    for separator in CellSeparator.allCases {
      guard var records = try? self.records(text, separator) else { continue }
      var counts: [Int] = []
      while counts.count < Self.sample, let cells = try? records.next() { counts.append(cells.count) }
      guard let header = counts.first, header > 1 else { continue }
      let rows = counts.dropFirst()
      let isEven = rows.allSatisfy { $0 == header } || !rows.isEmpty && rows.allSatisfy { $0 == header + 1 }
      let isBetter = best.map { isEven != $0.isEven ? isEven : header > $0.count } ?? true
      if isBetter { best = (separator, isEven, header) }
    }
    return best?.separator ?? .comma
  }

  /// True when what should be names are numbers: most of them, and not the numbers of columns that pandas writes.
  private static func isData(_ header: [String]) -> Bool {
    let numbers = header.map { Double($0) }
    guard header.count > 1, numbers.count(where: { $0 != nil }) * 2 >= header.count else { return false }
    let named = numbers.compactMap { $0 }
    return named != (0..<named.count).map { Double($0) } && named != (1...max(1, named.count)).map { Double($0) }
  }

  /// The names in a comment right above data, as NumPy writes them; nil when it holds none.
  private func commented(_ comment: String, _ first: [String]) -> [String]? {
    let separator = Character(Unicode.Scalar(self.separator.byte))
    let names = comment.split(separator: separator, omittingEmptySubsequences: false).map { $0.trimmingBlanks() }
    guard names.count == first.count, names.count > 1, first.contains(where: { Double($0) != nil }),
      names.allSatisfy({ !$0.isEmpty && Double($0) == nil })
    else { return nil }
    return names
  }

  private func isHeader(_ cells: [CSVRecords.Cell], _ records: CSVRecords, _ header: [String]) -> Bool {
    // A look at the first bytes spares most rows the texts.
    guard case .first = reading.header, let first = cells.first, let sign = header[0].utf8.first,
      records.bytes(first).prefix(8).contains(sign)
    else { return false }
    return zip(cells, header).allSatisfy { records.text($0).trimmingBlanks() == $1 }
  }

  private mutating func malformed(_ line: Int, _ message: String, _ reason: String, _ problems: inout DiagnosticList) {
    guard !skipsMalformed else { return skipped.append((reason, line)) }
    problems.append(
      Diagnostic(
        id: "malformed-row", location: SourceLocation(file: file, line: line), message: message,
        reason: "a row that is left out silently would change every number below",
        fix: "mend the file, or say `malformed: skip` and the report counts such rows"))
  }

  private func failure(
    _ id: String, _ line: Int, _ message: String, reason: String? = nil, fix: String
  ) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: id, location: SourceLocation(file: file, line: line), message: message, reason: reason, fix: fix)
    ])
  }
}

import Diagnostics
import Specs
import Tables

/// Reads JSON of the catalogue with the reader of the user's own files: the columns are those that the catalogue declares, by their
/// names in the file; others are not read.
enum DeclaredColumns {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ content: [UInt8], skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    var reading = FileReading()
    reading.format = dataset.format == .jsonLines ? .jsonLines : .json
    let cells = try OwnCells(
      content, path: file.path, reading: reading, skipsMalformed: skipsMalformed, location: nil)
    var problems = DiagnosticList()
    var columns: [Column] = []
    var bad: Set<Int> = []
    for declared in dataset.fileColumns {
      let position =
        cells.table.headers.firstIndex(of: declared.header)
        ?? cells.table.headers.indices.first {
          ColumnWords.name(cells.table.headers[$0], position: $0) == declared.header
        }
      guard let position else {
        problems.append(
          Diagnostic(
            id: "missing-column", location: SourceLocation(file: file.path, line: 1),
            message: "there is no column \(declared.header)",
            fix: Suggestion.closest(to: declared.header, in: cells.table.headers).map { "the nearest name is \($0)" }
              ?? Suggestion.listing(cells.table.headers).map { "the names are: \($0)" } ?? "take it out"))
        continue
      }
      let scan = ColumnScan(
        cells.table, position, type: declared.schema.type,
        missing: MissingTexts(Array(declared.missing.keys), takesUsual: true), point: UInt8(ascii: "."))
      bad.formUnion(scan.bad)
      for row in scan.bad where !skipsMalformed {
        problems.append(
          Diagnostic(
            id: "malformed-row", location: SourceLocation(file: file.path, line: Int(cells.table.lines[row])),
            message:
              "\(declared.header) is \(cells.table.text(row, position).prefix(60)), not of type \(declared.schema.type.rawValue)",
            fix: "mend the file, declare it under `missing`, or say `malformed: skip`"))
      }
      columns.append(scan.column(declared.schema))
    }
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    let origins = cells.table.lines.map { RowOrigin(file: file.path, line: Int($0)) }
    let whole = Table(columns: columns, origins: origins)
    let table = bad.isEmpty ? whole : whole.selecting(rows: (0..<whole.rowCount).filter { !bad.contains($0) })
    let lines = cells.skipped.map(\.line) + bad.sorted().map { Int(cells.table.lines[$0]) }
    let skipped = ImportReport.Item(
      reason: "no record of the declared columns", count: lines.count,
      examples: lines.prefix(5).map { "\(file.path):\($0)" })
    return ImportedDataset(
      table: table,
      report: ImportReport(
        rowsRead: cells.recordCount, rowsKept: table.rowCount, skipped: lines.isEmpty ? [] : [skipped]))
  }
}

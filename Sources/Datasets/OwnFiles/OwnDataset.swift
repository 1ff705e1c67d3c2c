import Diagnostics
import Documents
import Files
import Specs
import Synchronization
import Tables

/// A file of the user's own, read: its rows, what was left out, what its columns were taken for, and its digest.
package struct OwnDataset: Sendable {
  /// The most rows with bad cells that are described one by one.
  private static let problemLimit = 100

  /// Its path, as the spec has it.
  package let path: String
  /// The path at which it was found.
  package let place: String
  /// Its SHA-256.
  package let digest: String
  /// Its size in bytes.
  package let byteCount: Int
  /// The rows.
  package let table: Table
  /// The counts of rows read and left out, and of cells without a value.
  package let report: ImportReport
  /// What the file and its columns were taken for.
  package let guessed: GuessedColumns

  /// The columns.
  package var columns: [ColumnSchema] { table.columns.map(\.schema) }

  /// Reads a file's content.
  ///
  /// - Parameters:
  ///   - content: The content.
  ///   - path: Its name in findings and in the origins of rows.
  ///   - place: The path at which it was found.
  ///   - reading: What the spec says of it.
  ///   - skipsMalformed: True when malformed rows are counted and left out.
  ///   - metrics: The metrics that names of columns can stand for.
  ///   - location: The place of what names the file, for findings that have none in it.
  /// - Throws: `DiagnosticsError` with everything that is wrong, each at its place.
  package init(
    _ content: [UInt8], path: String, place: String? = nil, reading: FileReading = FileReading(),
    skipsMalformed: Bool = false, metrics: KnownMetrics = KnownMetrics(), location: SourceLocation? = nil
  ) throws(DiagnosticsError) {
    self.path = path
    self.place = place ?? path
    digest = SHA256.hexDigest(content)
    byteCount = content.count
    let shown = self.place.hasPrefix("./") ? String(self.place.dropFirst(2)) : self.place
    let cells: OwnCells
    do throws(DiagnosticsError) {
      cells = try OwnCells(content, path: shown, reading: reading, skipsMalformed: skipsMalformed, location: location)
    } catch {
      throw DiagnosticsError(error.diagnostics.map { Self.advised($0) }, kind: error.kind)
    }
    var guesser = ColumnGuesser(
      cells.table, reading, metrics: metrics, point: cells.decimal.byte, levels: cells.levels)
    guesser.run()
    guard guesser.problems.findings.isEmpty else { throw DiagnosticsError(guesser.problems.findings) }
    guard !guesser.columns.isEmpty, cells.table.rowCount > 0 else {
      throw DiagnosticsError([
        Diagnostic(
          id: "empty-file", location: SourceLocation(file: shown, line: 1),
          message: cells.table.rowCount == 0 ? "the file has no rows" : "every column is left out",
          fix: "check that the file is whole")
      ])
    }
    let bad = try Self.badRows(guesser, cells, skipsMalformed)
    let columns = guesser.columns.map { $0.scan.column($0.schema) }
    let origins = cells.table.lines.map { RowOrigin(file: path, line: Int($0)) }
    var table = Table(columns: columns, origins: origins)
    if !bad.isEmpty { table = table.selecting(rows: (0..<table.rowCount).filter { bad[$0] == nil }) }
    self.table = table
    var skipped = cells.skipped
    for row in bad.keys.sorted() {
      skipped.append((CSVImport.RowFault.badCell.rawValue, Int(cells.table.lines[row])))
    }
    report = ImportReport(
      rowsRead: cells.recordCount, rowsKept: table.rowCount, skipped: Self.items(skipped, path),
      missing: Self.missing(guesser))
    guessed = GuessedColumns(
      form: cells.form, columns: guesser.guesses, leftOut: guesser.leftOut + cells.leftOut, notes: guesser.notes)
  }

  /// Advice on text that is not UTF-8 that fits a file whose encoding a spec can state.
  private static func advised(_ problem: Diagnostic) -> Diagnostic {
    guard problem.id == "invalid-utf8" else { return problem }
    var problem = problem
    problem.fix = "say `encoding: latin-1`, or save the file as UTF-8"
    return problem
  }

  /// The rows with cells that are not of their column's type, with the first such column.
  private static func badRows(
    _ guesser: ColumnGuesser, _ cells: OwnCells, _ skipsMalformed: Bool
  ) throws(DiagnosticsError) -> [Int: Int] {
    var bad: [Int: Int] = [:]
    var problems: [(row: Int, Diagnostic)] = []
    for (position, scan, schema) in guesser.columns {
      for row in scan.bad {
        if bad[row] == nil { bad[row] = position }
        guard !skipsMalformed, problems.count < problemLimit else { continue }
        let text = ConsoleWriter.visible(String(cells.table.text(row, position).trimmingBlanks().prefix(60)))
        let isLarge = Double(text) != nil
        problems.append(
          (
            row,
            Diagnostic(
              id: "malformed-row",
              location: SourceLocation(
                file: cells.table.file, line: Int(cells.table.lines[row]),
                column: cells.isSeparated ? cells.table.place(row, position) : 1),
              message: isLarge
                ? "\(schema.name) is \(text), which is no number that is kept as it is in a column of type \(schema.type.rawValue)"
                : "\(schema.name) is \(text.isEmpty ? "empty" : text), and its other values are of type \(schema.type.rawValue)",
              reason: isLarge
                ? "whole numbers beyond 2^53 are rounded there, those beyond 64 bits everywhere"
                : "what it stands for is not known",
              fix:
                "declare it under `missing` if it stands for no value, give the column another type (`columns: {\(schema.name): {type: text}}`), or say `malformed: skip` to leave such rows out"
            )
          ))
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems.map(\.1)) }
    return bad
  }

  private static func items(_ skipped: [(reason: String, line: Int)], _ path: String) -> [ImportReport.Item] {
    var order: [String] = []
    var lines: [String: [Int]] = [:]
    for (reason, line) in skipped {
      if lines[reason] == nil { order.append(reason) }
      lines[reason, default: []].append(line)
    }
    return order.map { reason in
      let places = lines[reason] ?? []
      return .init(reason: reason, count: places.count, examples: places.prefix(5).map { "\(path):\($0)" })
    }
  }

  /// The most columns whose missing cells are counted by themselves.
  private static let itemLimit = 12

  /// The cells without a value, by column.
  private static func missing(_ guesser: ColumnGuesser) -> [ImportReport.Item] {
    let found = guesser.columns.filter { !$0.scan.missing.isEmpty }
    var items = found.prefix(itemLimit).map { _, scan, schema in
      let texts = scan.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let shown = texts.prefix(3).map { $0.key.isEmpty ? "empty" : ConsoleWriter.visible(String($0.key.prefix(20))) }
      let more = texts.count > shown.count ? ", …" : ""
      return ImportReport.Item(
        reason: "without a value of \(schema.name) (\(shown.joined(separator: ", "))\(more))",
        count: scan.missing.values.reduce(0, +), examples: [])
    }
    let rest = found.dropFirst(itemLimit)
    if !rest.isEmpty {
      items.append(
        .init(
          reason: "cells without a value in \(rest.count) other columns",
          count: rest.reduce(0) { $0 + $1.scan.missing.values.reduce(0, +) }, examples: []))
    }
    return items
  }
}

extension OwnDataset: KnownByText {
  /// The path and the digest: with the settings of the spec they decide everything else.
  package var keyText: String { "\(path) \(digest)" }
}

extension OwnFolders {
  /// Reads the file of a dataset; one that was read in the same way is not read again.
  ///
  /// - Parameters:
  ///   - use: The dataset, which names a file.
  ///   - file: The file's path, with the place of what names it.
  /// - Throws: `DiagnosticsError`; see `OwnDataset.init`.
  package func dataset(_ use: DatasetUse, file: Located<String>) throws(DiagnosticsError) -> OwnDataset {
    let way = OwnFileCache.Way(path: file.value, reading: use.reading, skipsMalformed: use.malformed == .skip)
    if let known = read[way] { return known }
    let (bytes, place) = try content(file)
    let own = try OwnDataset(
      bytes, path: file.value, place: place, reading: use.reading, skipsMalformed: way.skipsMalformed,
      metrics: metrics, location: file.location)
    read[way] = own
    return own
  }
}

/// The files that were read through one value of `OwnFolders`, by what they depend on.
final class OwnFileCache: Sendable {
  /// The way in which a file is read.
  struct Way: Sendable, Hashable {
    var path: String
    var reading: FileReading
    var skipsMalformed: Bool
  }

  private let files = Mutex<[Way: OwnDataset]>([:])

  subscript(way: Way) -> OwnDataset? {
    get { files.withLock { $0[way] } }
    set { files.withLock { $0[way] = newValue } }
  }
}

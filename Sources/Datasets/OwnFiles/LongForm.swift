import Diagnostics
import Specs

/// Makes a table with a column for each name out of one with a row for each value.
enum LongForm {
  /// Gathers rows.
  ///
  /// - Returns: The table, in order of the first row of each, and the names of columns that are left out because they have several
  ///   values within a row.
  /// - Throws: `DiagnosticsError` for columns that are not there, and for values that stand twice.
  static func gathered(
    _ long: RawTable, _ pivot: PivotSpec, at place: SourceLocation
  ) throws(DiagnosticsError) -> (table: RawTable, leftOut: [String]) {
    var problems = DiagnosticList()
    func position(_ name: String) -> Int {
      if let found = long.headers.firstIndex(where: { $0.trimmingBlanks() == name }) { return found }
      problems.append(
        Diagnostic(
          id: "unknown-column", location: place, message: "the file has no column \(name)",
          fix: Suggestion.closest(to: name, in: long.headers).map { "did you mean \($0)?" }
            ?? Suggestion.listing(long.headers).map { "the columns are: \($0)" } ?? "check the file"))
      return 0
    }
    let rows = pivot.rows.map { position($0) }
    let (names, values) = (position(pivot.names), position(pivot.values))
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    let others = long.headers.indices.filter { !rows.contains($0) && $0 != names && $0 != values }

    var order: [(first: Int, cells: [Int: Int])] = []
    var known: [[String]: Int] = [:]
    var columns: [String] = []
    var columnOf: [String: Int] = [:]
    var varying: Set<Int> = []
    for row in 0..<long.rowCount {
      let key = rows.map { long.text(row, $0).trimmingBlanks() }
      let target = known[key] ?? order.count
      if target == order.count {
        known[key] = target
        order.append((row, [:]))
      } else {
        for other in others where !varying.contains(other) {
          if long.bytes(row, other) != long.bytes(order[target].first, other) { varying.insert(other) }
        }
      }
      let name = long.text(row, names).trimmingBlanks()
      if columnOf[name] == nil {
        guard columns.count < RawTable.limits.columns else {
          throw DiagnosticsError([
            Diagnostic(
              id: "too-many-columns", location: SourceLocation(file: long.file, line: Int(long.lines[row])),
              message: "\(pivot.names) has over \(RawTable.limits.columns) names", fix: "pivot by another column")
          ])
        }
        columnOf[name] = columns.count
        columns.append(name)
      }
      let column = columnOf[name] ?? 0
      if let before = order[target].cells[column] {
        problems.append(
          Diagnostic(
            id: "value-twice", location: SourceLocation(file: long.file, line: Int(long.lines[row])),
            message: "\(name) of \(key.joined(separator: ", ")) stands here again, after line \(long.lines[before])",
            reason: "which of them counts would be left to chance",
            fix: "name what tells them apart, such as a seed, under `rows` of the pivot"))
      }
      order[target].cells[column] = row
    }
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    let kept = others.filter { !varying.contains($0) }
    var table = RawTable(headers: (rows + kept).map { long.headers[$0] } + columns, file: long.file)
    for entry in order {
      for column in rows + kept { table.add(entry.first, column, of: long) }
      for column in columns.indices {
        if let row = entry.cells[column] { table.add(row, values, of: long) } else { table.add([], .missing) }
      }
      try table.endRow(line: Int(long.lines[entry.first]))
    }
    return (table, varying.sorted().map { long.headers[$0] })
  }
}

extension TableExport {
  /// A pipe table; with a limit, the first rows only.
  static func markdown(_ table: ReportTable, limit: Int = .max) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(table.columns.map { Escape.markdown($0.title) })
      + line(table.columns.map { $0.isNumeric ? "---:" : "---" })
      + table.rows.prefix(limit).map { line($0.map { Escape.markdown($0.text) }) }.joined()
  }
}

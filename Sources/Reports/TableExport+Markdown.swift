extension TableExport {
  /// A pipe table; with a limit, the first rows only. Links are text unless the table stands in a report.
  static func markdown(_ table: ReportTable, limit: Int = .max, hasLinks: Bool = false) -> String {
    func text(_ cell: ReportTable.Cell) -> String {
      guard hasLinks, !cell.links.isEmpty else { return Escape.markdown(cell.text) }
      return cell.links.map(\.markdown).joined(separator: ", ")
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(table.columns.map { Escape.markdown($0.title) })
      + line(table.columns.map { $0.isNumeric ? "---:" : "---" })
      + table.rows.prefix(limit).map { line($0.map(text)) }.joined()
  }
}

import Documents

extension TableExport {
  /// A `tabular` with booktabs rules; numbers flush right with a true minus sign.
  static func latex(_ table: ReportTable) -> String {
    let alignment = table.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    let head = table.columns.map { Escape.latex($0.title) }
    let rows = table.rows.map { row in
      row.enumerated().map { index, cell in latex(cell, index < table.columns.count && table.columns[index].isNumeric) }
    }
    func line(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\\n" }
    return "\\begin{tabular}{\(alignment)}\n  \\toprule\n" + line(head) + "  \\midrule\n"
      + rows.map { line($0) }.joined() + "  \\bottomrule\n\\end{tabular}\n"
  }

  private static func latex(_ cell: ReportTable.Cell, _ isNumeric: Bool) -> String {
    guard isNumeric, cell.text.unicodeScalars.first == "-" else { return Escape.latex(cell.text) }
    return "$-$" + Escape.latex(String(cell.text.unicodeScalars.dropFirst()))
  }
}

import Documents

/// A table in data and text formats.
public enum TableExport {
  /// The formats.
  public enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values (RFC 4180), numbers in full precision.
    case csv
    /// JSON with columns and rows.
    case json
    /// LaTeX with booktabs.
    case latex
    /// GitHub-flavoured Markdown.
    case markdown
  }

  /// The text of a table.
  public static func text(_ table: ReportTable, _ format: Format) -> String {
    switch format {
    case .csv: csv(table)
    case .json: json(table).text(indent: 2)
    case .latex: latex(table)
    case .markdown: markdown(table)
    }
  }

  static func csv(_ table: ReportTable) -> String {
    let lines = [table.columns.map { quoted($0.title) }] + table.rows.map { row in row.map { quoted(plain($0)) } }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  static func json(_ table: ReportTable) -> JSONValue {
    .record([
      "name": .string(table.name), "columns": .array(table.columns.map { .string($0.title) }),
      "rows": .array(table.rows.map { .array($0.map(\.value)) }),
    ])
  }

  static func latex(_ table: ReportTable) -> String {
    let alignment = table.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    func line(_ cells: [String]) -> String {
      "    " + cells.map { Escape.latex($0) }.joined(separator: " & ") + " \\\\\n"
    }
    return "\\begin{table}\n  \\centering\n  \\caption{\(Escape.latex(table.caption))}\n  \\label{tab:\(table.name)}\n"
      + "  \\begin{tabular}{\(alignment)}\n    \\toprule\n" + line(table.columns.map(\.title)) + "    \\midrule\n"
      + table.rows.map { line($0.map(\.text)) }.joined() + "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n"
  }

  static func markdown(_ table: ReportTable) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(table.columns.map { Escape.markdown($0.title) })
      + line(table.columns.map { $0.isNumeric ? "---:" : "---" })
      + table.rows.map { line($0.map { Escape.markdown($0.text) }) }.joined()
  }

  private static func plain(_ cell: ReportTable.Cell) -> String {
    switch cell.value {
    case .string(let text): text
    case .null: ""
    default: cell.value.text()
    }
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline } || text.first == " " || text.last == " "
    return needsQuotes
      ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
  }
}

import Documents

/// A table in data and text formats.
public enum TableExport {
  /// The formats.
  public enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values (RFC 4180), numbers in full precision.
    case csv
    /// JSON with columns and rows.
    case json
    /// LaTeX: a `tabular` with booktabs rules, without the float around it.
    case latex
    /// GitHub-flavoured Markdown.
    case markdown
  }

  /// The text of a table. O(cells).
  public static func text(_ table: ReportTable, _ format: Format) -> String {
    switch format {
    case .csv: csv(table)
    case .json: json(table).text(indent: 2)
    case .latex: latex(table)
    case .markdown: markdown(table)
    }
  }

  /// The raw values: column titles, then arrays in the order of the columns; undefined values are `null`.
  static func json(_ table: ReportTable) -> JSONValue {
    .record([
      "name": .string(table.name), "columns": .array(table.columns.map { .string($0.title) }),
      "rows": .array(table.rows.map { .array($0.map(\.value)) }),
    ])
  }
}

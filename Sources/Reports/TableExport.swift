import Documents

/// A table in data and text formats.
package enum TableExport {
  /// The formats.
  package enum Format: String, Sendable, CaseIterable {
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
  package static func text(_ table: ReportTable, _ format: Format) -> String {
    switch format {
    case .csv: csv(table)
    case .json: json(table).text(indent: 2)
    case .latex: latex(table)
    case .markdown: markdown(table)
    }
  }

  /// The raw values, those that a cell shows each in a column of its own: column titles, then arrays in the order of the
  /// columns; undefined values are `null`. Then the notes under the table, in Markdown.
  static func json(_ table: ReportTable) -> JSONValue {
    let single = values(table)
    return .record([
      "name": .string(table.name), "columns": .array(single.columns.map { .string($0.title) }),
      "rows": .array(single.rows.map { .array($0.map(\.value)) }),
      "notes": .array(table.notes.map { .string($0.source) }),
    ])
  }
}

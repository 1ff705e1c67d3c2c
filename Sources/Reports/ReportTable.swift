import Documents

/// A table.
package struct ReportTable: Sendable, Hashable {
  /// A column.
  package struct Column: Sendable, Hashable {
    /// The header.
    package var title: String
    /// Whether its cells are numbers, set flush right.
    package var isNumeric: Bool
    /// What the values behind its cells are called in data files, where the header says more: `n used` of `n used / total`.
    package var valueTitle: String?

    /// Creates a column.
    package init(_ title: String, isNumeric: Bool = false, valueTitle: String? = nil) {
      self.title = title
      self.isNumeric = isNumeric
      self.valueTitle = valueTitle
    }
  }

  /// A cell: what is shown, and the value behind it.
  package struct Cell: Sendable, Hashable {
    /// The text shown.
    package var text: String
    /// The value, for sorting and data files.
    package var value: JSONValue
    /// Links that are shown instead of the text where there is a report around the table.
    package var links: [ReportLink]
    /// The other values that the text shows, such as the ends of an interval; data files have a column for each.
    package var details: [Detail]
    /// What is missing, and why; data files have a column for it.
    package var missing: Missing?

    /// Creates a cell.
    package init(
      _ text: String, value: JSONValue? = nil, links: [ReportLink] = [], details: [Detail] = [], missing: Missing? = nil
    ) {
      self.text = text
      self.value = value ?? .string(text)
      self.links = links
      self.details = details
      self.missing = missing
    }
  }

  /// A value that a cell shows beside its own.
  package struct Detail: Sendable, Hashable {
    /// What it is, such as `lower`: its column in data files is called so after the cell's own column, or by this alone when
    /// that column has a title for values.
    package var title: String
    /// The value.
    package var value: JSONValue

    /// Creates a detail.
    package init(_ title: String, _ value: JSONValue) {
      self.title = title
      self.value = value
    }
  }

  /// What a cell does not have.
  package enum Missing: Sendable, Hashable {
    /// A value, for a reason.
    case value(String)
    /// An interval, for a reason.
    case interval(String)
  }

  /// Kebab-case name; names the files.
  package var name: String
  /// Caption.
  package var caption: MarkdownText
  /// Columns; the first names the rows.
  package var columns: [Column]
  /// Rows, each with a cell for each column.
  package var rows: [[Cell]]
  /// Notes under the table.
  package var notes: [MarkdownText]

  /// Creates a table.
  package init(
    name: String, caption: MarkdownText, columns: [Column], rows: [[Cell]], notes: [MarkdownText] = []
  ) {
    self.name = name
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

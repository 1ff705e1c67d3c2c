import Documents

/// A table.
public struct ReportTable: Sendable, Hashable {
  /// A column.
  public struct Column: Sendable, Hashable {
    /// The header.
    public var title: String
    /// Whether its cells are numbers, set flush right.
    public var isNumeric: Bool

    /// Creates a column.
    public init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// A cell: what is shown, and the value behind it.
  public struct Cell: Sendable, Hashable {
    /// The text shown.
    public var text: String
    /// The value, for sorting and data files.
    public var value: JSONValue
    /// Links that are shown instead of the text where there is a report around the table.
    public var links: [ReportLink]

    /// Creates a cell.
    public init(_ text: String, value: JSONValue? = nil, links: [ReportLink] = []) {
      self.text = text
      self.value = value ?? .string(text)
      self.links = links
    }
  }

  /// Kebab-case name; names the files.
  public var name: String
  /// Caption.
  public var caption: MarkdownText
  /// Columns; the first names the rows.
  public var columns: [Column]
  /// Rows, each with a cell for each column.
  public var rows: [[Cell]]
  /// Notes under the table.
  public var notes: [MarkdownText]

  /// Creates a table.
  public init(
    name: String, caption: MarkdownText, columns: [Column], rows: [[Cell]], notes: [MarkdownText] = []
  ) {
    self.name = name
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

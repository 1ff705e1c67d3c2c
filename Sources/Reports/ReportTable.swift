import Documents

package struct ReportTable: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    /// The header.
    package var title: String
    /// True when its cells are numbers, which are set flush right.
    package var isNumeric: Bool
    /// The title of its values in data files, where the header says more: `n used` of `n used / total`.
    package var valueTitle: String?
    /// The heading over this column and those beside it that have the same, such as `inside depth 4`; it tells columns of one
    /// title apart.
    package var group: String?

    package init(_ title: String, isNumeric: Bool = false, valueTitle: String? = nil, group: String? = nil) {
      self.title = title
      self.isNumeric = isNumeric
      self.valueTitle = valueTitle
      self.group = group
    }
  }

  /// A cell: the text shown, and the value behind it.
  package struct Cell: Sendable, Hashable {
    /// The text shown.
    package var text: String
    /// The value, for sorting and data files; `null` when it is undefined.
    package var value: JSONValue
    /// Links that are shown instead of the text where there is a report around the table.
    package var links: [ReportLink]
    /// The other values that the text shows, such as the ends of an interval; data files have a column for each.
    package var details: [Detail]
    /// The value or the interval that is undefined, with the reason; data files have a column for it.
    package var missing: Missing?
    /// True for a cell that stands out; its text has no marks of any format.
    package var isEmphasized: Bool
    /// The name of the metric or baseline that its row is of, by which pages mark it in all tables and figures.
    package var member: String?
    /// A number that is written in the style of its column; see `ReportTable.inOneStyle`.
    package var quantity: Quantity?

    package init(
      _ text: String, value: JSONValue? = nil, links: [ReportLink] = [], details: [Detail] = [],
      missing: Missing? = nil, isEmphasized: Bool = false, member: String? = nil, quantity: Quantity? = nil
    ) {
      self.text = text
      self.value = value ?? .string(text)
      self.links = links
      self.details = details
      self.missing = missing
      self.isEmphasized = isEmphasized
      self.member = member
      self.quantity = quantity
    }
  }

  /// A value that a cell shows beside its own.
  package struct Detail: Sendable, Hashable {
    /// Its name, such as `lower`: the title of its column in data files, after that of the cell's own column unless this has
    /// a title for values.
    package var title: String
    package var value: JSONValue

    package init(_ title: String, _ value: JSONValue) {
      self.title = title
      self.value = value
    }
  }

  /// The part of a cell that is undefined, with the reason.
  package enum Missing: Sendable, Hashable {
    /// The value itself.
    case value(String)
    /// The interval of a value that there is.
    case interval(String)
  }

  /// The most rows that a report shows; the data files have them all.
  static let rowLimit = 200

  /// Kebab-case name; names the files.
  package var name: String
  package var caption: MarkdownText
  /// Columns; the first names the rows.
  package var columns: [Column]
  /// Rows, each with a cell for each column.
  package var rows: [[Cell]]
  /// Notes under the table.
  package var notes: [MarkdownText]
  /// How it was made; nil where that is not shown.
  package var origin: ReportOrigin?
  /// The places of the rows that data files alone have; see `leavingOutUndefinedRows`.
  var undefinedRows: Set<Int> = []

  /// Makes a table; its quantities are written in one style a column.
  package init(
    name: String, caption: MarkdownText, columns: [Column], rows: [[Cell]], notes: [MarkdownText] = [],
    origin: ReportOrigin? = nil
  ) {
    self.name = name
    self.caption = caption
    self.columns = columns
    self.rows = Self.inOneStyle(rows)
    self.notes = notes
    self.origin = origin
  }
}

/// A link to a part of the same report, or to the report of another analysis in the folder beside it.
package struct ReportLink: Sendable, Hashable {
  /// The text shown, such as `Figure 3`.
  package var text: String
  /// The part's id in the page, such as `figure-intervals`; empty for a link to another report.
  package var anchor = ""
  /// The identifier of the other analysis, which names the folder of its report; nil for a link to a part.
  private var analysis: String?

  package init(_ text: String, to anchor: String) {
    self.text = text
    self.anchor = anchor
  }

  package init(_ text: String, toReportOf analysis: String) {
    self.text = text
    self.analysis = analysis
  }

  /// The address, from a report with files of the given name.
  private func address(_ page: String) -> String {
    Escape.html(analysis.map { "../\($0)/\(page)" } ?? "#\(anchor)")
  }

  /// Markup that leads there within the page.
  var html: String { "<a href=\"\(address("index.html"))\">\(Escape.html(text))</a>" }

  /// The same as Markdown.
  var markdown: String { "[\(Escape.markdown(text))](<\(address("report.md"))>)" }
}

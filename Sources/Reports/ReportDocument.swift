import Documents
import Figures

/// A report with every number filled in.
public struct ReportDocument: Sendable {
  /// Kebab-case identifier.
  public var id: String
  /// The title.
  public var title: String
  /// One or two sentences under it.
  public var summary: String?
  /// The cells in order.
  public var cells: [ReportContent]
  /// The publications cited, in order.
  public var references: [BibliographyEntry]
  /// What the report was made from, label and value.
  public var provenance: [ProvenanceItem]
  /// Every computed value.
  public var results: JSONValue

  /// Creates a document.
  public init(
    id: String, title: String, summary: String?, cells: [ReportContent], references: [BibliographyEntry],
    provenance: [ProvenanceItem], results: JSONValue
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.cells = cells
    self.references = references
    self.provenance = provenance
    self.results = results
  }
}

/// A line of provenance.
public struct ProvenanceItem: Sendable, Hashable {
  /// What it is.
  public var label: String
  /// Its value.
  public var value: String

  /// Creates a line.
  public init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}

/// A cell of a report.
public enum ReportContent: Sendable {
  /// Markdown.
  case prose(String)
  /// A figure.
  case figure(ReportFigure)
  /// A table.
  case table(ReportTable)
}

/// A figure with its files.
public struct ReportFigure: Sendable {
  /// Kebab-case name; names the files.
  public var name: String
  /// Caption in Markdown.
  public var caption: String
  /// Alternative text.
  public var altText: String
  /// SVG on a light ground.
  public var lightSVG: [UInt8]
  /// SVG on a dark ground.
  public var darkSVG: [UInt8]
  /// PDF on a light ground.
  public var pdf: [UInt8]
  /// PNG on a light ground.
  public var png: [UInt8]
  /// Places with tooltips, in points.
  public var tooltips: [Tooltip]
  /// The numbers behind it.
  public var data: ReportTable

  /// Creates a figure.
  public init(
    name: String, caption: String, altText: String, lightSVG: [UInt8], darkSVG: [UInt8], pdf: [UInt8], png: [UInt8],
    tooltips: [Tooltip], data: ReportTable
  ) {
    self.name = name
    self.caption = caption
    self.altText = altText
    self.lightSVG = lightSVG
    self.darkSVG = darkSVG
    self.pdf = pdf
    self.png = png
    self.tooltips = tooltips
    self.data = data
  }
}

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

    /// Creates a cell.
    public init(_ text: String, value: JSONValue? = nil) {
      self.text = text
      self.value = value ?? .string(text)
    }
  }

  /// Kebab-case name; names the files.
  public var name: String
  /// Caption in Markdown.
  public var caption: String
  /// Columns; the first names the rows.
  public var columns: [Column]
  /// Rows, each with a cell for each column.
  public var rows: [[Cell]]
  /// Notes under the table, in Markdown.
  public var notes: [String]

  /// Creates a table.
  public init(name: String, caption: String, columns: [Column], rows: [[Cell]], notes: [String] = []) {
    self.name = name
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

/// Why a report cannot be written.
public enum ReportError: Error, Sendable, Hashable {
  /// A template is missing or cannot be read.
  case template(name: String, reason: String)
  /// Prose cites a publication that the analysis does not list.
  case unknownCitation(String)
}

extension ReportError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .template(let name, let reason): "template \(name): \(reason)"
    case .unknownCitation(let key): "[@\(key)] is not among the analysis' references"
    }
  }
}

import Documents

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
  /// What the analysis measured itself, run by run.
  public var measurements: [ReportMeasurement]

  /// The links from claims and tables to other parts.
  var links: [ReportLink] {
    cells.flatMap { content -> [ReportLink] in
      switch content {
      case .prose, .figure: []
      case .table(let table): table.rows.flatMap { $0.flatMap(\.links) }
      case .claim(let claim): claim.links
      }
    }
  }

  /// Creates a document.
  public init(
    id: String, title: String, summary: String?, cells: [ReportContent], references: [BibliographyEntry],
    provenance: [ProvenanceItem], results: JSONValue, measurements: [ReportMeasurement] = []
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.cells = cells
    self.references = references
    self.provenance = provenance
    self.results = results
    self.measurements = measurements
  }
}

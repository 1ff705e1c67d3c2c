import Documents

/// A report with every number filled in.
package struct ReportDocument: Sendable {
  /// Kebab-case identifier.
  package var id: String
  /// The title.
  package var title: String
  /// One or two sentences under it.
  package var summary: String?
  /// The cells in order.
  package var cells: [ReportContent]
  /// The publications cited, in order.
  package var references: [BibliographyEntry]
  /// What the report was made from, label and value.
  package var provenance: [ProvenanceItem]
  /// Every computed value.
  package var results: JSONValue
  /// What the analysis measured itself, run by run.
  package var measurements: [ReportMeasurement]

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
  package init(
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

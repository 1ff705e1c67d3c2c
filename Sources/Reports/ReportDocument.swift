import Documents
import Figures

/// A report with every number filled in: all that the files of a report are made from.
package struct ReportDocument: Sendable {
  /// The analysis' kebab-case name.
  package var id: String
  package var title: String
  /// One or two sentences under the title, in Markdown.
  package var summary: String?
  package var cells: [ReportContent]
  /// The publications cited, in order.
  package var references: [BibliographyEntry]
  /// The versions, digests and settings that the report was made with.
  package var provenance: [ProvenanceItem]
  /// Every computed value, as `results.json` has them.
  package var results: JSONValue
  /// The measurements that the analysis made itself, run by run.
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

/// A cell of a report.
package enum ReportContent: Sendable {
  /// Markdown with citations, raw HTML left out.
  case prose(String)
  case figure(ReportFigure)
  case table(ReportTable)
  /// A claim with its verdicts.
  case claim(ReportClaim)
}

/// A figure as drawn, with the files that the report keeps of it.
package struct ReportFigure: Sendable {
  /// Kebab-case name; names the files.
  package var name: String
  package var caption: MarkdownText
  /// The text for those who do not see it; plain.
  package var altText: String
  /// SVG that follows its reader's theme.
  package var svg: [UInt8]
  /// PDF on a light ground.
  package var pdf: [UInt8]
  /// PNG on a light ground.
  package var png: [UInt8]
  /// Tooltips at places of the drawing, in points.
  package var tooltips: [Tooltip]
  /// The numbers behind it, shown under it and written as CSV.
  package var data: ReportTable

  package init(
    name: String, caption: MarkdownText, altText: String, svg: [UInt8], pdf: [UInt8], png: [UInt8],
    tooltips: [Tooltip], data: ReportTable
  ) {
    self.name = name
    self.caption = caption
    self.altText = altText
    self.svg = svg
    self.pdf = pdf
    self.png = png
    self.tooltips = tooltips
    self.data = data
  }
}

/// A table that an analysis measured itself, run by run. It stands in files of its own; the page links to them.
package struct ReportMeasurement: Sendable {
  /// Kebab-case name; names the files.
  package var name: String
  /// The networks, tokens and metrics measured, and how.
  package var settings: JSONValue
  /// A row for each run: the architecture and the seeds, then the metrics.
  package var runs: ReportTable
  /// A row for each undefined value of the runs, with its reason.
  package var undefined: ReportTable

  package init(name: String, settings: JSONValue, runs: ReportTable, undefined: ReportTable) {
    self.name = name
    self.settings = settings
    self.runs = runs
    self.undefined = undefined
  }

  /// The files with the labels of their links, in order.
  var links: [(label: String, path: String)] {
    [
      ("CSV", "measurements/\(name).csv"), ("undefined values", "measurements/\(name)-undefined.csv"),
      ("settings", "measurements/\(name).json"),
    ]
  }
}

/// A line of provenance: a label, such as `spec SHA-256`, with its value.
package struct ProvenanceItem: Sendable, Hashable {
  package var label: String
  package var value: String

  package init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}

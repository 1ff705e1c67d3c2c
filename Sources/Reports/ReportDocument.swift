import Documents
import Figures

/// A report with every number filled in: all that the files of a report are made from.
package struct ReportDocument: Sendable {
  /// The analysis' kebab-case name.
  package var id: String
  package var title: String
  /// One or two sentences under the title, in Markdown.
  package var summary: String?
  /// What the head of the page says of the text itself.
  package var imprint: ReportImprint
  package var cells: [ReportContent]
  /// The publications cited, in order.
  package var references: [BibliographyEntry]
  /// The versions, digests and settings that the report was made with.
  package var provenance: [ProvenanceItem]
  /// Every computed value, as `results.json` has them.
  package var results: JSONValue
  /// The measurements that the analysis made itself, run by run.
  package var measurements: [ReportMeasurement]
  /// What an earlier version said otherwise, a line each, in Markdown.
  package var changes: [MarkdownText]

  /// The links from claims and tables to other parts.
  var links: [ReportLink] {
    cells.flatMap { content -> [ReportLink] in
      switch content {
      case .prose, .figure: []
      case .table(let table): table.rows.flatMap { $0.flatMap(\.links) }
      case .claim(let claim): claim.checks.flatMap(\.links)
      case .finding(let finding): finding.check.links
      case .claims(let claims):
        (claims.publications.flatMap(\.statements) + claims.predictions).flatMap { $0.checks.flatMap(\.links) }
      case .findings(let findings): findings.findings.flatMap(\.check.links)
      }
    }
  }

  /// The claims and findings that have a cell of their own, where their ids are.
  var cards: Set<String> {
    Set(
      cells.flatMap { content -> [String] in
        switch content {
        case .claim(let claim): claim.checks.map(\.name)
        case .finding(let finding): [finding.check.name]
        case .prose, .figure, .table, .claims, .findings: []
        }
      })
  }

  package init(
    id: String, title: String, summary: String?, imprint: ReportImprint = ReportImprint(), cells: [ReportContent],
    references: [BibliographyEntry], provenance: [ProvenanceItem], results: JSONValue,
    measurements: [ReportMeasurement] = [], changes: [MarkdownText] = []
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.imprint = imprint
    self.cells = cells
    self.references = references
    self.provenance = provenance
    self.results = results
    self.measurements = measurements
    self.changes = changes
  }
}

/// A cell of a report.
package enum ReportContent: Sendable {
  /// Markdown with citations, raw HTML left out.
  case prose(String)
  case figure(ReportFigure)
  case table(ReportTable)
  /// A claim with its verdict.
  case claim(ReportStatement)
  case finding(ReportFinding)
  /// Every claim.
  case claims(ReportClaims)
  /// Every finding.
  case findings(ReportFindings)
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
  /// True when it stands beside the text before it, where the page is wide enough.
  package var isBesideText = false
  /// How it was made; nil where that is not shown.
  package var origin: ReportOrigin?

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

extension ReportContent {
  /// The claims and findings that a list of them shows.
  var listed: [String] {
    switch self {
    case .claims(let claims):
      (claims.publications.flatMap(\.statements) + claims.predictions).flatMap { $0.checks.map(\.name) }
    case .findings(let findings): findings.findings.map(\.check.name)
    case .prose, .figure, .table, .claim, .finding: []
    }
  }
}

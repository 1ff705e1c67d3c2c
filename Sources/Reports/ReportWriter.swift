import Documents
import Files

/// A report's files.
public struct RenderedReport: Sendable {
  /// A file with its place in the report's folder.
  public struct File: Sendable {
    /// The place.
    public var path: String
    /// The content.
    public var bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files in order of path.
  public var files: [File]
}

/// Writes reports.
public enum ReportWriter {
  /// Makes every file of a report; same document and templates, same bytes.
  ///
  /// - Throws: `ReportError`.
  public static func render(_ document: ReportDocument, templates: TemplateSet) throws(ReportError) -> RenderedReport {
    var files: [RenderedReport.File] = []
    func add(_ path: String, _ text: String) { files.append(.init(path: path, bytes: Array(text.utf8))) }
    for content in document.cells {
      switch content {
      case .prose: break
      case .figure(let figure):
        files.append(.init(path: "figures/\(figure.name).svg", bytes: figure.lightSVG))
        files.append(.init(path: "figures/\(figure.name)-dark.svg", bytes: figure.darkSVG))
        files.append(.init(path: "figures/\(figure.name).pdf", bytes: figure.pdf))
        files.append(.init(path: "figures/\(figure.name).png", bytes: figure.png))
        add("figures/\(figure.name).csv", TableExport.csv(figure.data))
      case .table(let table):
        add("tables/\(table.name).csv", TableExport.csv(table))
        add("tables/\(table.name).json", TableExport.text(table, .json))
        add("tables/\(table.name).tex", TableExport.latex(table))
      }
    }
    add("results.json", document.results.text(indent: 2))
    add(
      "provenance.json",
      JSONValue.object(document.provenance.map { JSONMember(key: $0.label, value: .string($0.value)) }).text(indent: 2))
    add("report.md", try MarkdownReport(document).text(templates))
    add("summary.md", try MarkdownReport(document).shortened(to: 1 << 20))
    add("comment.md", try MarkdownReport(document).shortened(to: 65_536))
    add("index.html", try HTMLReport(document).text(templates))
    return RenderedReport(files: files.sorted { $0.path < $1.path })
  }
}

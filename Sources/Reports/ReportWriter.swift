import Documents
import Files

/// Writes reports.
package enum ReportWriter {
  /// The largest step summary a forge accepts, in bytes.
  package static let summaryLimit = 1 << 20
  /// The largest comment a forge accepts, in characters; kept to in bytes.
  package static let commentLimit = 65_536

  /// Makes every file of a report; same document and templates, same bytes. O(bytes written).
  ///
  /// - Throws: `ReportError`: a template that cannot be used, a citation that is not listed, a name that cannot be a
  ///   file's or is there twice, a row without a cell for each column.
  package static func render(_ document: ReportDocument, templates: TemplateSet) throws(ReportError) -> RenderedReport {
    var files: [RenderedReport.File] = []
    func add(_ path: String, _ text: String) { files.append(.init(path: path, bytes: Array(text.utf8))) }
    func addTable(_ table: ReportTable) throws(ReportError) {
      try check(table, name: table.name)
      add("tables/\(table.name).csv", TableExport.csv(table))
      add("tables/\(table.name).json", TableExport.text(table, .json))
      add("tables/\(table.name).tex", try latex(table, document.references, templates))
    }
    for content in document.cells {
      switch content {
      case .prose, .claim, .finding: break
      case .figure(let figure):
        try check(figure.data, name: figure.name)
        files.append(.init(path: "figures/\(figure.name).svg", bytes: figure.svg))
        files.append(.init(path: "figures/\(figure.name).pdf", bytes: figure.pdf))
        files.append(.init(path: "figures/\(figure.name).png", bytes: figure.png))
        add("figures/\(figure.name).csv", TableExport.csv(figure.data))
      case .table(let table): try addTable(table)
      case .claims(let claims): try addTable(claims.table)
      case .findings(let findings): try addTable(findings.table)
      }
    }
    for measurement in document.measurements {
      for table in [measurement.runs, measurement.undefined] { try check(table, name: measurement.name) }
      add("measurements/\(measurement.name).csv", TableExport.csv(measurement.runs))
      add("measurements/\(measurement.name)-undefined.csv", TableExport.csv(measurement.undefined))
      add("measurements/\(measurement.name).json", measurement.settings.text(indent: 2))
    }
    add("results.json", document.results.text(indent: 2))
    add(
      "provenance.json",
      JSONValue.object(document.provenance.map { JSONMember(key: $0.label, value: .string($0.value)) }).text(indent: 2))
    add("report.md", try MarkdownReport.text(document, templates))
    add("summary.md", try ShortReport(document).text(within: summaryLimit))
    add("comment.md", try CommentReport(document).text)
    add("index.html", try HTMLReport.text(document, templates))
    files.sort { $0.path < $1.path }
    for (one, other) in zip(files, files.dropFirst()) where one.path == other.path {
      throw .part(name: one.path, reason: "two parts of the report have this file; give one another name")
    }
    files.append(.init(path: digestsPath, bytes: Array(digests(files).utf8)))
    files.sort { $0.path < $1.path }
    return RenderedReport(files: files)
  }

  /// The place of the digests in a report's folder.
  private static let digestsPath = "digests.txt"

  /// A line for each file: SHA-256, bytes, path. A repository may then keep the files that people read there, and still
  /// tell whether any other has changed.
  private static func digests(_ files: [RenderedReport.File]) -> String {
    files.map { "\(SHA256.hexDigest($0.bytes)) \($0.bytes.count) \($0.path)\n" }.joined()
  }

  private static func latex(
    _ table: ReportTable, _ references: [BibliographyEntry], _ templates: TemplateSet
  ) throws(ReportError) -> String {
    var notes: [[String: String]] = []
    for note in table.notes { notes.append(["text": try ProseLaTeX.inline(note.source, references)]) }
    return try templates.render(
      "table.tex.mustache",
      [
        "name": .text(table.name), "caption": .text(try ProseLaTeX.inline(table.caption.source, references)),
        "tabular": .text(TableExport.latex(table)), "notes": .list(notes),
      ])
  }

  private static func check(_ table: ReportTable, name: String) throws(ReportError) {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_.".unicodeScalars.contains(scalar))
    }
    guard isPlain, let first = name.first, first != ".", first != "-", name.utf8.count <= 128 else {
      throw .part(name: name, reason: "the name cannot be a file's; use letters, digits and hyphens")
    }
    for (index, row) in table.rows.enumerated() where row.count != table.columns.count {
      throw .part(
        name: name, reason: "row \(index + 1) has \(row.count) cells where the table has \(table.columns.count) columns"
      )
    }
  }
}

/// A report's files.
package struct RenderedReport: Sendable {
  /// A file with its place in the report's folder.
  package struct File: Sendable {
    /// The path from the report's folder.
    package var path: String
    /// The file's content.
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files in order of path; paths are unique and stay within the folder.
  package var files: [File]
}

/// A failure to write a report: of a template, a citation, or a figure or table.
package enum ReportError: Error, Sendable, Hashable {
  /// A template is missing or cannot be read.
  case template(name: String, reason: String)
  /// Prose cites a publication that the analysis does not list.
  case unknownCitation(String)
  /// A figure or table cannot be written as it is.
  case part(name: String, reason: String)
}

extension ReportError: CustomStringConvertible {
  /// One sentence for a person.
  package var description: String {
    switch self {
    case .template(let name, let reason): "template \(name): \(reason)"
    case .unknownCitation(let key): "[@\(key)] is not among the analysis' references"
    case .part(let name, let reason): "\(name): \(reason)"
    }
  }
}

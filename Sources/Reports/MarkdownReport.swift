/// A report as GitHub-flavoured Markdown.
struct MarkdownReport {
  private let document: ReportDocument

  init(_ document: ReportDocument) { self.document = document }

  func text(_ templates: TemplateSet) throws(ReportError) -> String {
    var body = ""
    for part in try parts() { body += part.text + "\n" }
    return try templates.render(
      "report.md.mustache",
      [
        "title": Escape.markdown(document.title), "summary": document.summary ?? "", "body": body,
        "hasReferences": !document.references.isEmpty,
        "references": document.references.map { ["anchor": "ref-\($0.key)", "text": Escape.markdown($0.citation)] },
        "provenance": document.provenance.map {
          ["label": Escape.markdown($0.label), "value": Escape.markdown($0.value)]
        },
      ])
  }

  /// A form within a number of bytes: figures become links, then tables are cut from the end, then prose.
  func shortened(to limit: Int) throws(ReportError) -> String {
    let head = "# \(Escape.markdown(document.title))\n\n"
    let note = "\n_Shortened: parts were left out; the full report has them._\n"
    let parts = try self.parts().map { part in
      part.kind == .figure ? Part(kind: .figure, text: part.short) : part
    }
    var kept = parts.map { Optional($0) }
    func size() -> Int { kept.reduce(head.utf8.count + note.utf8.count) { $0 + ($1?.text.utf8.count ?? -1) + 1 } }
    for kind in [Part.Kind.figure, .table, .prose] {
      for index in kept.indices.reversed() where size() > limit && kept[index]?.kind == kind { kept[index] = nil }
    }
    let isWhole = !kept.contains { $0 == nil }
    return head + kept.compactMap { $0 }.map { $0.text + "\n" }.joined() + (isWhole ? "" : note)
  }

  private struct Part: Equatable {
    enum Kind { case prose, figure, table }
    var kind: Kind
    var text: String
    var short = ""
  }

  private func parts() throws(ReportError) -> [Part] {
    var parts: [Part] = []
    var figures = 0
    var tables = 0
    for content in document.cells {
      switch content {
      case .prose(let prose): parts.append(Part(kind: .prose, text: try cited(prose)))
      case .figure(let figure):
        figures += 1
        parts.append(try part(figure, number: figures))
      case .table(let table):
        tables += 1
        parts.append(
          Part(
            kind: .table,
            text: "**Table \(tables).** \(try cited(table.caption))\n\n" + TableExport.markdown(table)
              + table.notes.map { "\n\($0)\n" }.joined()
              + "\n[CSV](tables/\(table.name).csv) · [JSON](tables/\(table.name).json) · [LaTeX](tables/\(table.name).tex)\n"
          ))
      }
    }
    return parts
  }

  private func part(_ figure: ReportFigure, number: Int) throws(ReportError) -> Part {
    let path = "figures/\(figure.name)"
    let links = "[SVG](\(path).svg) · [PDF](\(path).pdf) · [PNG](\(path).png) · [CSV](\(path).csv)"
    let caption = "**Figure \(number).** \(try cited(figure.caption))"
    return Part(
      kind: .figure,
      text: """
        <picture>
          <source media="(prefers-color-scheme: dark)" srcset="\(path)-dark.svg">
          <img alt="\(Escape.html(figure.altText))" src="\(path).svg">
        </picture>

        \(caption)

        \(links)

        """,
      short: "\(caption) \(figure.altText.isEmpty ? "" : "\n\n> \(Escape.markdown(figure.altText))")\n")
  }

  private func cited(_ prose: String) throws(ReportError) -> String {
    try Citations.resolved(prose, document.references) { "[\($0.shortName)](#ref-\($0.key))" }
  }
}

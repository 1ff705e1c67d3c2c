/// A report as GitHub-flavoured Markdown. It links to what repositories keep of a report: not to figures as PDF and PNG.
enum MarkdownReport {
  /// The text of `report.md`.
  ///
  /// - Throws: `ReportError`.
  static func text(_ document: ReportDocument, _ templates: TemplateSet) throws(ReportError) -> String {
    func cited(_ prose: String) throws(ReportError) -> String {
      try Citations.linked(prose, document.references)
    }
    let linked = Set(document.links.map(\.anchor))
    func anchor(_ id: String) -> String { linked.contains(id) ? "<a id=\"\(Escape.html(id))\"></a>" : "" }
    var parts: [String] = []
    var figures = 0
    var tables = 0
    for content in document.cells {
      switch content {
      case .prose(let text): parts.append(Escape.block(try cited(text)))
      case .figure(let figure):
        figures += 1
        parts.append(
          Self.figure(figure)
            + "\n\(anchor("figure-\(figure.name)"))**Figure \(figures).** \(try cited(figure.caption.source))\n\n"
            + files("figures/\(figure.name)", ["svg", "csv"]))
      case .table(let table):
        tables += 1
        var text =
          "\(anchor("table-\(table.name)"))**Table \(tables).** \(try cited(table.caption.source))\n\n"
          + TableExport.markdown(table, limit: ReportTable.rowLimit, hasLinks: true)
        let left = table.rows.count - ReportTable.rowLimit
        if left > 0 { text += "\n\(left) further \(left == 1 ? "row is" : "rows are") in the data files.\n" }
        for note in table.notes { text += "\n\(try cited(note.source))\n" }
        parts.append(text + "\n" + files("tables/\(table.name)", ["csv", "json", "tex"]))
      case .claim(let claim):
        parts.append(try ClaimCard(claim: claim, references: document.references).markdown(standsAlone: false))
      }
    }
    return try templates.render(
      "report.md.mustache",
      [
        "title": .text(Escape.markdown(document.title)), "hasSummary": .flag(document.summary != nil),
        "summary": .text(try cited(document.summary ?? "")), "body": .text(parts.map { $0 + "\n" }.joined()),
        "hasReferences": .flag(!document.references.isEmpty),
        "references": .list(
          document.references.map { ["anchor": "ref-\(Escape.html($0.key))", "text": reference($0)] }),
        "provenance": .list(
          document.provenance.map { ["label": Escape.markdown($0.label), "value": Escape.markdown($0.value)] }),
        "measurements": .list(
          document.measurements.map { measurement in
            let links = measurement.links.map { "[\($0.label)](\($0.path))" }
            return ["name": Escape.markdown(measurement.name), "links": links.joined(separator: ", ")]
          }),
      ])
  }

  /// The drawing, which follows the reader's theme, with its description.
  private static func figure(_ figure: ReportFigure) -> String {
    let path = Escape.html("figures/\(figure.name)")
    let text = Escape.html(figure.altText.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return "<img alt=\"\(text)\" src=\"\(path).svg\">\n"
  }

  private static func files(_ path: String, _ formats: [String]) -> String {
    let names = ["tex": "LaTeX"]
    return formats.map { "[\(names[$0] ?? $0.uppercased())](\(path).\($0))" }.joined(separator: " · ") + "\n"
  }

  private static func reference(_ entry: BibliographyEntry) -> String {
    let statement = Escape.markdown(entry.statement)
    guard let locator = entry.locator else { return statement }
    return statement + " " + (entry.link.map { "[\(Escape.markdown(locator))](<\($0)>)" } ?? Escape.markdown(locator))
  }
}

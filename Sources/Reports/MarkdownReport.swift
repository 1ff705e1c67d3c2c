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
    var unanchored = Set(document.cells.flatMap(\.listed)).subtracting(document.cards)
    func statements(_ anchored: Set<String>) -> StatementMarkdown {
      StatementMarkdown(references: document.references, standsAlone: false, anchored: anchored)
    }
    for content in document.cells {
      switch content {
      case .prose(let text): parts.append(Escape.block(try cited(text)))
      case .figure(let figure):
        figures += 1
        parts.append(
          Self.figure(figure)
            + "\n\(anchor("figure-\(figure.name)"))**Figure \(figures).** \(try cited(figure.caption.source))\n\n"
            + files("figures/\(figure.name)", ["svg", "csv"], figure.origin))
      case .table(let table):
        tables += 1
        var text =
          "\(anchor("table-\(table.name)"))**Table \(tables).** \(try cited(table.caption.source))\n\n"
          + TableExport.markdown(table, limit: ReportTable.rowLimit, hasLinks: true)
        let left = table.shownRows.count - ReportTable.rowLimit
        if left > 0 { text += "\n\(left) further \(left == 1 ? "row is" : "rows are") in the data files.\n" }
        for note in table.notes { text += "\n\(try cited(note.source))\n" }
        parts.append(text + "\n" + files("tables/\(table.name)", ["csv", "json", "tex"], table.origin))
      case .claim(let claim):
        parts.append(try statements(Set(claim.checks.map(\.name))).card(claim))
      case .finding(let finding): parts.append(try statements([finding.check.name]).card(finding))
      case .claims(let claims):
        tables += 1
        parts.append(
          try list(claims.table, number: tables, try statements(unanchored).claims(claims), document.references))
      case .findings(let findings):
        tables += 1
        parts.append(
          try list(findings.table, number: tables, try statements(unanchored).findings(findings), document.references))
      }
      unanchored.subtract(content.listed)
    }
    return try templates.render(
      "report.md.mustache",
      [
        "title": .text(Escape.markdown(document.title)), "hasSummary": .flag(document.summary != nil),
        "hasImprint": .flag(!document.imprint.parts.isEmpty),
        "imprint": .text(document.imprint.parts.map { Escape.markdown($0) }.joined(separator: " · ")),
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

  /// A list of claims or findings under the caption of its table, with the links to its files.
  private static func list(
    _ table: ReportTable, number: Int, _ text: String, _ references: [BibliographyEntry]
  ) throws(ReportError) -> String {
    let caption = try Citations.linked(table.caption.source, references)
    return "<a id=\"\(Escape.html("table-\(table.name)"))\"></a>**Table \(number).** \(caption)\n\n\(text)\n"
      + files("tables/\(table.name)", ["csv", "json", "tex"], nil)
  }

  /// The drawing, which follows the reader's theme, with its description.
  private static func figure(_ figure: ReportFigure) -> String {
    let path = Escape.html("figures/\(figure.name)")
    let text = Escape.html(figure.altText.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return "<img alt=\"\(text)\" src=\"\(path).svg\">\n"
  }

  private static func files(_ path: String, _ formats: [String], _ origin: ReportOrigin?) -> String {
    let names = ["tex": "LaTeX"]
    let links = formats.map { "[\(names[$0] ?? $0.uppercased())](\(path).\($0))" }
    return (links + (origin.map { [$0.markdown] } ?? [])).joined(separator: " · ") + "\n"
  }

  private static func reference(_ entry: BibliographyEntry) -> String {
    let statement = Escape.markdown(entry.statement)
    guard let locator = entry.locator else { return statement }
    return statement + " " + (entry.link.map { "[\(Escape.markdown(locator))](<\($0)>)" } ?? Escape.markdown(locator))
  }
}

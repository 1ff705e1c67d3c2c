import Documents

/// A report as one HTML page without remote assets.
struct HTMLReport {
  private let document: ReportDocument

  init(_ document: ReportDocument) { self.document = document }

  func text(_ templates: TemplateSet) throws(ReportError) -> String {
    var body = ""
    var contents: [[String: Any]] = []
    var figures = 0
    var tables = 0
    var sizes = (figures: 0, tables: 0)
    for content in document.cells {
      switch content {
      case .prose(let prose): body += headed(MarkdownHTML.html(try cited(prose)), &contents)
      case .figure(let figure):
        figures += 1
        let markup = try html(figure, number: figures)
        sizes.figures += markup.utf8.count
        body += markup
      case .table(let table):
        tables += 1
        let caption = "<b>Table \(tables).</b> \(MarkdownHTML.inline(try cited(table.caption)))"
        let markup = Self.html(table, caption: caption, id: "table-\(table.name)", links: true)
        sizes.tables += markup.utf8.count
        body += markup
      }
    }
    let style = templates.text("style.css")
    let script = templates.text("script.js")
    return try templates.render(
      "report.html.mustache",
      [
        "title": document.title, "summary": document.summary ?? "", "hasSummary": document.summary != nil,
        "style": style, "script": script, "body": body, "hasContents": contents.count > 1, "contents": contents,
        "hasReferences": !document.references.isEmpty,
        "references": document.references.map { ["key": $0.key, "text": $0.citation] },
        "provenance": document.provenance.map { ["label": $0.label, "value": $0.value] },
        "budget":
          "figures \(Self.size(sizes.figures)), tables \(Self.size(sizes.tables)), style and script \(Self.size(style.utf8.count + script.utf8.count))",
      ])
  }

  private static func size(_ bytes: Int) -> String { "\((bytes + 512) / 1024) KiB" }

  private func cited(_ prose: String) throws(ReportError) -> String {
    try Citations.resolved(prose, document.references) { "[\($0.shortName)](#ref-\($0.key))" }
  }

  /// Gives headings ids and gathers those of the second level for the table of contents.
  private func headed(_ html: String, _ contents: inout [[String: Any]]) -> String {
    var output = ""
    var rest = html[...]
    while let open = rest.firstRange(of: "<h2>"), let close = rest[open.upperBound...].firstRange(of: "</h2>") {
      let title = rest[open.upperBound..<close.lowerBound]
      let id = "section-\(contents.count + 1)"
      contents.append(["id": id, "title": String(title)])
      output += rest[..<open.lowerBound] + "<h2 id=\"\(id)\">" + title + "</h2>"
      rest = rest[close.upperBound...]
    }
    return output + rest
  }

  private func html(_ figure: ReportFigure, number: Int) throws(ReportError) -> String {
    let svg = ThemedSVG.markup(
      light: figure.lightSVG, dark: figure.darkSVG, prefix: "f\(number)-", tooltips: figure.tooltips)
    let path = "figures/\(figure.name)"
    let links = ["svg", "pdf", "png", "csv"].map { "<a href=\"\(path).\($0)\">\($0.uppercased())</a>" }.joined(
      separator: " ")
    return """
      <figure id="figure-\(figure.name)">
      <div class="drawing">\(svg)</div>
      <figcaption><b>Figure \(number).</b> \(MarkdownHTML.inline(try cited(figure.caption))) <span class="files">\(links)</span></figcaption>
      <details><summary>Numbers of figure \(number)</summary>
      \(Self.html(figure.data, caption: "Numbers of figure \(number)", id: "data-\(figure.name)", links: false))
      </details>
      </figure>

      """
  }

  private static func html(_ table: ReportTable, caption: String, id: String, links: Bool) -> String {
    let limit = 200
    let head = table.columns.map { column in
      "<th scope=\"col\"\(column.isNumeric ? " class=\"number\"" : "")><button type=\"button\">\(Escape.html(column.title))</button></th>"
    }.joined()
    let rows = table.rows.prefix(limit).map { row in
      "<tr>"
        + row.enumerated().map { index, cell in self.cell(cell, table.columns[index], isHeader: index == 0) }.joined()
        + "</tr>\n"
    }.joined()
    let left = table.rows.count > limit ? ["\(table.rows.count - limit) further rows are in the data file."] : []
    let notes = (table.notes + left).map { "<p class=\"note\">\(MarkdownHTML.inline($0))</p>" }.joined()
    let files =
      links
      ? " <span class=\"files\">"
        + ["csv", "json", "tex"].map { "<a href=\"tables/\(table.name).\($0)\">\($0.uppercased())</a>" }.joined(
          separator: " ") + "</span>"
      : ""
    return """
      <div class="table" id="\(id)" role="region" aria-labelledby="\(id)-caption" tabindex="0"><table class="sortable">
      <caption id="\(id)-caption">\(caption)\(files)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table></div>
      \(notes)

      """
  }

  private static func cell(_ cell: ReportTable.Cell, _ column: ReportTable.Column, isHeader: Bool) -> String {
    var value = ""
    if let number = cell.value.double { value = " data-value=\"\(JSONValue.numberText(number))\"" }
    let text = Escape.html(cell.text)
    if isHeader { return "<th scope=\"row\"\(value)>\(text)</th>" }
    return "<td\(column.isNumeric ? " class=\"number\"" : "")\(value)>\(text)</td>"
  }
}

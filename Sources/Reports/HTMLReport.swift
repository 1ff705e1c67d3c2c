import Figures
import Files

/// A report as one HTML page without remote assets.
struct HTMLReport {
  private let document: ReportDocument
  private var prose = ProseHTML()
  private var palette = PagePalette()
  private var body = ""
  private var hasClaims = false
  /// The claims and findings whose ids are not in the page yet.
  private var unanchored: Set<String>
  private var figures: [(number: Int, bytes: Int)] = []
  private var tables: [(number: Int, bytes: Int)] = []

  /// The page.
  ///
  /// - Throws: `ReportError`.
  static func text(_ document: ReportDocument, _ templates: TemplateSet) throws(ReportError) -> String {
    var report = HTMLReport(document)
    for (index, content) in document.cells.enumerated() {
      let isOpening = index + 1 < document.cells.count && document.cells[index + 1].isBesideText
      if isOpening { report.body += "<div class=\"opening\">\n<div>\n" }
      try report.add(content)
      if isOpening { report.body += "</div>\n" }
      if content.isBesideText { report.body += "</div>\n" }
    }
    return try report.page(templates)
  }

  private init(_ document: ReportDocument) {
    self.document = document
    unanchored = Set(document.cells.flatMap(\.listed)).subtracting(document.cards)
  }

  private mutating func add(_ content: ReportContent) throws(ReportError) {
    switch content {
    case .prose(let text): body += prose.html(try cited(text))
    case .figure(let figure):
      let markup = try html(figure, number: figures.count + 1)
      figures.append((figures.count + 1, markup.utf8.count))
      body += markup
    case .table(let table):
      let number = tables.count + 1
      var notes: [String] = []
      for note in table.notes { notes.append(ProseHTML.inline(try cited(note.source))) }
      let markup = HTMLTable(
        table: table, caption: "<b>Table \(number).</b> \(ProseHTML.inline(try cited(table.caption.source)))",
        id: "table-\(table.name)", name: "Table \(number)", notes: notes
      ).markup
      tables.append((number, markup.utf8.count))
      body += markup
    case .claim(let claim):
      hasClaims = true
      body += try StatementHTML(references: document.references).card(claim)
    case .finding(let finding):
      hasClaims = true
      body += try StatementHTML(references: document.references).finding(
        finding, element: "div", anchored: [finding.check.name])
    case .claims(let claims):
      let caption = try caption(claims.table)
      let markup = try StatementHTML(references: document.references).claims(
        claims, caption: caption, anchored: unanchored)
      addList(markup, content)
    case .findings(let findings):
      let caption = try caption(findings.table)
      let markup = try StatementHTML(references: document.references).findings(
        findings, caption: caption, anchored: unanchored)
      addList(markup, content)
    }
  }

  /// Adds a list of claims or findings, which is counted with the tables.
  private mutating func addList(_ markup: String, _ content: ReportContent) {
    hasClaims = true
    unanchored.subtract(content.listed)
    tables.append((tables.count + 1, markup.utf8.count))
    body += markup
  }

  /// The caption of the next table.
  private func caption(_ table: ReportTable) throws(ReportError) -> String {
    "<b>Table \(tables.count + 1).</b> \(ProseHTML.inline(try cited(table.caption.source)))"
  }

  private mutating func html(_ figure: ReportFigure, number: Int) throws(ReportError) -> String {
    let svg = ThemedSVG.markup(
      figure.svg, prefix: "f\(number)-", tooltips: figure.tooltips, palette: &palette)
    let width = ThemedSVG.width(figure.svg).map { " style=\"--width:\(Int($0.rounded(.up)))pt\"" } ?? ""
    let name = Escape.html(figure.name)
    func links(_ formats: [String]) -> String {
      formats.map { format in
        let label = format.uppercased()
        return "<a href=\"figures/\(name).\(format)\" aria-label=\"\(label) of figure \(number)\">\(label)</a>"
      }.joined(separator: " ")
    }
    let caption = ProseHTML.inline(try cited(figure.caption.source))
    let data = HTMLTable(
      table: figure.data, caption: "Numbers of figure \(number)", id: "data-\(figure.name)", hasFiles: false)
    return """
      <figure id="figure-\(name)">
      <div class="drawing" data-number="\(number)"\(width)>\(svg)</div>
      <figcaption><b>Figure \(number).</b> \(caption) <span class="files">\(links(["svg", "csv"]))</span></figcaption>
      <details><summary>Numbers of figure \(number)</summary>
      \(data.markup)</details>
      \(figure.origin?.html("Figure \(number)", files: links(["pdf", "png"])) ?? "")</figure>

      """
  }

  private func page(_ templates: TemplateSet) throws(ReportError) -> String {
    let style =
      templates.text("style.css") + (hasClaims ? templates.text("claims.css") : "") + palette.style + margins
    let script = templates.text("script.js")
    let contents = prose.headings.filter { $0.level <= 3 }
    var context: [String: TemplateValue] = [
      "title": .text(Escape.html(document.title)), "hasSummary": .flag(document.summary != nil),
      "summary": .text(ProseHTML.inline(try cited(document.summary ?? ""))), "style": .text(style),
      "script": .text(script), "scriptDigest": .text(ScriptDigest.sha256(script)), "body": .text(body),
      "hasHome": .flag(!document.imprint.home.isEmpty), "home": .text(Escape.html(document.imprint.home)),
      "hasImprint": .flag(!document.imprint.parts.isEmpty),
      "imprint": .list(document.imprint.parts.map { ["text": Escape.html($0)] }),
      "citation": .text(Escape.html(document.imprint.bibtex(id: document.id, title: document.title))),
      "hasContents": .flag(contents.count > 1),
      "contents": .list(
        contents.map { ["id": Escape.html($0.id), "title": Escape.html($0.title), "level": String($0.level)] }),
      "hasReferences": .flag(!document.references.isEmpty),
      "references": .list(
        document.references.map {
          ["key": Escape.html($0.key), "text": Self.html($0), "bibtex": Escape.html($0.bibtex)]
        }),
      "provenance": .list(
        document.provenance.map { ["label": Escape.html($0.label), "value": Escape.html($0.value)] }),
      "measurements": .list(
        document.measurements.map { measurement in
          let links = measurement.links.map { "<a href=\"\(Escape.html($0.path))\">\($0.label)</a>" }
          return ["name": Escape.html(measurement.name), "links": links.joined(separator: ", ")]
        }),
      "budget": .text(budget(total: 0, assets: style.utf8.count + script.utf8.count)),
    ]
    let total = WholeWords.marked(try templates.render("report.html.mustache", context)).utf8.count
    context["budget"] = .text(budget(total: total, assets: style.utf8.count + script.utf8.count))
    return WholeWords.marked(try templates.render("report.html.mustache", context))
  }

  /// The feet of printed pages: title and edition, and the number of the page.
  private var margins: String {
    let foot = [document.title, document.imprint.edition].filter { !$0.isEmpty }.joined(separator: " · ")
    return "@page{@bottom-left{content:\(Escape.cssString(foot))}"
      + "@bottom-right{content:counter(page) \" / \" counter(pages)}}\n"
  }

  /// The page's bytes in KiB, and those of its figures, tables, style and script, in one line.
  private func budget(total: Int, assets: Int) -> String {
    func sum(_ name: String, _ parts: [(number: Int, bytes: Int)]) -> String {
      let size = "\(name)s \(Self.size(parts.reduce(0) { $0 + $1.bytes }))"
      guard parts.count > 1, let largest = parts.max(by: { $0.bytes < $1.bytes }) else { return size }
      return "\(size) (largest: \(name) \(largest.number), \(Self.size(largest.bytes)))"
    }
    return
      "\(Self.size(total)): \(sum("figure", figures)), \(sum("table", tables)), style and script \(Self.size(assets))"
  }

  private static func size(_ bytes: Int) -> String { "\((bytes + 512) / 1024) KiB" }

  private static func html(_ entry: BibliographyEntry) -> String {
    guard let locator = entry.locator else { return Escape.html(entry.statement) }
    let text = Escape.html(locator)
    let link = entry.link.map { "<a href=\"\(Escape.html($0))\">\(text)</a>" } ?? text
    return "\(Escape.html(entry.statement)) \(link)"
  }

  private func cited(_ prose: String) throws(ReportError) -> String {
    try Citations.linked(prose, document.references)
  }
}

extension ReportContent {
  /// True for a figure that stands beside the text before it.
  var isBesideText: Bool { if case .figure(let figure) = self { figure.isBesideText } else { false } }
}

/// The digest by which a page's security policy knows its own script.
enum ScriptDigest {
  /// SHA-256 in base 64.
  static func sha256(_ text: String) -> String {
    let digits = SHA256.hexDigest(text).utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return Base64.text(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }
}

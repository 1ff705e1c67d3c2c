import Documents
import Reports

/// The files of a report in a site: under its name, where the current one is, and under the name of its edition, which stays.
struct ReportPages {
  let report: SiteReport
  let input: SiteInput

  /// The page of the report, of which the links to files that are not there lead nowhere: figures for print, which need not be
  /// kept with a report.
  private var page: String {
    let there = Set(report.files.map(\.path))
    let page = String(decoding: report.file("index.html")?.bytes ?? [], as: UTF8.self)
    return PageLinks.changed(page, orElse: " role=\"link\" aria-disabled=\"true\"") { address in
      let path = address.prefix { $0 != "#" }
      return path.isEmpty || PageLinks.isElsewhere(address) || there.contains(String(path)) ? address : nil
    }
  }
  private var script: String { input.templates.reportScript }

  /// The style of the line at the top.
  private var style: String { "<style>\n\(input.templates.siteStyle)</style>\n" }

  /// The current report, with what reference managers and others read of it, and a page for each figure.
  var current: [RenderedReport.File] {
    let place = "r/\(report.id)"
    let cite = CiteFiles(report: report, input: input)
    let picture = report.figures.first.map { "figures/\($0.name).png" }.flatMap { report.file($0) }
    let details = PageDetails(page)
    let linkedData = LinkedData(input: input).report(report)
    let head =
      SitePage.head(
        path: "\(place)/index.html", title: report.title, summary: report.lead,
        picture: picture.map { "\(place)/\($0.path)" }, linkedData: details.blocks.isEmpty ? linkedData : [],
        input: input)
      + cite.head + style
    let root = "../../"
    var more = "<li><a href=\"\(root)v/\(report.id)/\(report.edition)/index.html\">This edition</a></li>"
    more += "<li><a href=\"cite.bib\">BibTeX</a></li>"
    if let repository = input.repository {
      more += "<li><a href=\"\(PageParts.text(repository))/issues/new\">Dispute a verdict</a></li>"
    }
    var files = files(
      in: place, details, head: head, top: SitePage.bar(root: root, current: nil, more: more), linkedData: linkedData)
    func add(_ name: String, _ text: String) { files.append(.init(path: "\(place)/\(name)", bytes: Array(text.utf8))) }
    add("cite.bib", cite.bibtex)
    add("cite.json", cite.csl.text(indent: 2))
    add("badge.json", Badge.json(SiteStatement.all(of: report)).text(indent: 2))
    for figure in report.figures { add("figures/\(figure.name).html", figurePage(figure)) }
    return files
  }

  /// The same report at its permanent address: the page as it was, below a line that leads to the other editions.
  var edition: [RenderedReport.File] {
    let place = "v/\(report.id)/\(report.edition)"
    let more = "<li><a href=\"../index.html\">All editions of this report</a></li>"
    return files(
      in: place, PageDetails(page), head: style, top: SitePage.bar(root: "../../../", current: nil, more: more),
      linkedData: [])
  }

  /// The report's files in a folder of the site; what a heavy page says of how its numbers were made is a page of its own, with what
  /// machines read of the report.
  private func files(
    in place: String, _ details: PageDetails, head: String, top: String, linkedData: [JSONValue]
  ) -> [RenderedReport.File] {
    var files = report.files.filter { $0.path != "index.html" }.map { file in
      RenderedReport.File(path: "\(place)/\(file.path)", bytes: file.bytes)
    }
    let index = PageHead.page(Array(details.page.utf8), script: script, head: head, top: top)
    files.append(.init(path: "\(place)/index.html", bytes: index))
    if !details.blocks.isEmpty {
      files.append(
        .init(path: "\(place)/\(PageDetails.name)", bytes: Array(detailsPage(details, in: place, linkedData).utf8)))
    }
    return files
  }

  /// The page of what was taken out of the report's.
  private func detailsPage(_ details: PageDetails, in place: String, _ linkedData: [JSONValue]) -> String {
    var page = SitePage(
      "\(place)/\(PageDetails.name)", title: "How it was made: \(report.title)",
      summary: "How the claims of a report were checked, and its figures and tables made.")
    page.linkedData = linkedData
    page.lead = "<a href=\"index.html\">The report</a>"
    for (place, block) in details.blocks.enumerated() {
      let claim = report.claims.first { $0.anchor == block.anchor }.map { ": \(PageParts.text($0.title))" } ?? ""
      let inside = PageLinks.changed(block.html) { $0.hasPrefix("#") ? "index.html\($0)" : $0 }
      page.body +=
        "<section>\n<h2 id=\"d-\(place + 1)\"><a href=\"index.html#\(block.anchor)\">\(block.title)\(claim)</a></h2>\n\(inside)</section>\n"
    }
    return page.text(input)
  }

  /// A page with one figure and its source, to be put into the pages of others: links leave the frame.
  private func figurePage(_ figure: SiteFigure) -> String {
    var drawings = PageDrawings()
    let drawing = drawings.markup(report.file("figures/\(figure.name).svg")?.bytes ?? [])
    let path = "r/\(report.id)/figures/\(figure.name).html"
    let picture = report.file("figures/\(figure.name).png").map { "r/\(report.id)/\($0.path)" }
    let words = PageParts.words(figure.caption)
    let source = PageLinks.changed(PageLinks.inline(figure.caption, from: path, report)) { $0 }
    let anchor = report.anchor("figure-\(figure.name)")
    let address = "\(input.base)\(path)"
    let frame = "<iframe src=\"\(address)\" title=\"\(words.prefix(120))\" width=\"720\" height=\"540\"></iframe>"
    let body = """
      <main id="main" class="embedded">
      <h1>\(PageParts.text("Figure \(figure.number) of “\(report.title)”"))</h1>
      <figure>
      \(drawing)
      <figcaption>\(source)</figcaption>
      </figure>
      <p class="files"><a target="_top" href="../index.html\(anchor)">\(PageParts.text(report.title))</a> · <a href="\(figure.name).svg">SVG</a>\(report.file("figures/\(figure.name).csv") == nil ? "" : " · <a href=\"\(figure.name).csv\">numbers</a>") · <a target="_top" href="../cite.bib">cite</a> · edition \(PageParts.text(report.edition))</p>
      <details><summary>Embed</summary>
      <pre><code>\(PageParts.text(frame))</code></pre></details>
      </main>
      """
    let head = SitePage.head(
      path: path, title: words, summary: figure.alternative, picture: picture, linkedData: [], input: input)
    return PageParts.marked(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(PageHead.policy(script: ""))
      <meta name="color-scheme" content="light dark">
      <title>\(PageParts.text(words))</title>
      \(head)<style>
      \(input.templates.style)\(input.templates.siteStyle)\(drawings.style)
      </style>
      </head>
      <body>
      \(body)
      </body>
      </html>

      """)
  }
}

import Claims
import Reports

/// The front page: the question, one figure with what it says, the publications with their verdicts, and the reports.
struct FrontPage {
  let input: SiteInput
  let rows: ClaimRows
  let paths: Set<String>

  var page: SitePage {
    var page = SitePage("index.html", title: input.title, summary: input.lead)
    page.lead = PageParts.text(input.lead)
    if let (report, figure) = hero { page.body += opening(report, figure, &page) }
    page.body += publications
    page.body += reports
    return page
  }

  /// The figure that was asked for, or the first of the report with most claims.
  var hero: (report: SiteReport, figure: SiteFigure)? {
    if let name = input.hero {
      let parts = name.split(separator: "/").map(String.init)
      guard parts.count == 2, let report = input.report(parts[0]),
        let figure = report.figures.first(where: { $0.name == parts[1] })
      else { return nil }
      return (report, figure)
    }
    let drawn = input.reports.filter { !$0.figures.isEmpty }
    guard let most = drawn.map(\.claims.count).max(), let report = drawn.first(where: { $0.claims.count == most }),
      let figure = report.figures.first
    else { return nil }
    return (report, figure)
  }

  private func opening(_ report: SiteReport, _ figure: SiteFigure, _ page: inout SitePage) -> String {
    let place = "r/\(report.id)"
    if paths.contains("\(place)/figures/\(figure.name).png") { page.picture = "\(place)/figures/\(figure.name).png" }
    let svg = report.file("figures/\(figure.name).svg")?.bytes ?? []
    let caption = PageLinks.inline(figure.caption, from: page.path, report)
    var text = PageLinks.inline(report.opening, from: page.path, report)
    if text.isEmpty { text = PageParts.text(report.lead) }
    return """
      <section class="hero" aria-labelledby="hero">
      <figure id="figure-hero">
      \(page.drawings.markup(svg))
      <figcaption>\(caption)</figcaption>
      </figure>
      <div>
      <h2 id="hero">\(PageParts.text(report.title))</h2>
      <p>\(text)</p>
      <p><a href="\(place)/index.html">Read the report</a> · <a href="\(place)/figures/\(figure.name).csv">data</a> · <a href="\(place)/figures/\(figure.name).html">embed</a> · <a href="\(place)/cite.bib">cite</a></p>
      </div>
      </section>

      """
  }

  private var publications: String {
    let keys = rows.publications
    guard !keys.isEmpty else { return "" }
    let statements = input.reports.flatMap { SiteStatement.all(of: $0) }
    let cards = keys.map { key in
      let own = statements.filter { $0.reference == key }
      let reports = own.map(\.report.id).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let links = reports.map { "<a href=\"r/\($0)/index.html\">\(PageParts.text(input.report($0)?.title ?? $0))</a>" }
      return """
        <li><h3>\(PageParts.text(input.shortName(key)))</h3>
        <p class="title">\(PageParts.text(input.publication(key)?["title"] ?? ""))</p>
        <p>\(SiteNumber.count(own.count, "statement")) of the paper · <a href="claims.html#paper-\(PageParts.text(PageParts.slug(key)))">each claim</a></p>
        \(ClaimRows.bar(own.map(\.parts)))
        <p>\(links.joined(separator: "<br>"))</p></li>
        """
    }
    return """
      <h2 id="publications">What the papers say, and what holds</h2>
      <ul class="cards">
      \(cards.joined(separator: "\n"))
      </ul>

      """
  }

  private var reports: String {
    let items = input.reports.map { report in
      """
      <li><h3><a href="r/\(report.id)/index.html">\(PageParts.text(report.title))</a></h3>
      <p>\(PageParts.text(report.lead))</p>
      <p class="files"><a href="v/\(report.id)/index.html">editions</a> <a href="r/\(report.id)/cite.bib" aria-label="BibTeX of \(PageParts.text(report.id))">BibTeX</a> <a href="r/\(report.id)/results.json" aria-label="results of \(PageParts.text(report.id)) as JSON">results</a></p></li>
      """
    }
    return """
      <h2 id="reports">Every report</h2>
      <ul class="list">
      \(items.joined(separator: "\n"))
      </ul>

      """
  }
}

import Diagnostics
import Documents
import Reports

/// Makes the files of a site; same input, same bytes.
package struct SiteBuilder {
  private let input: SiteInput
  /// The changes since the earlier site.
  private let new: [SiteChange]

  package init(_ input: SiteInput) {
    self.input = input
    new = SiteChange.all(input)
  }

  /// The number of changes since the earlier site.
  package var changeCount: Int { new.count }

  /// Every file, in order of path.
  ///
  /// - Throws: `DiagnosticsError` for a figure that no report has.
  package func files() throws(DiagnosticsError) -> [RenderedReport.File] {
    let changes = Array((new + self.input.earlier.changes).prefix(SiteState.changeLimit))
    let metricPages = MetricPages(self.input, changes: changes)
    let input = metricPages.input
    var files: [String: [UInt8]] = [:]
    // Editions that were there first: what an address has once shown, it shows.
    for file in input.earlier.kept { files[file.path] = file.bytes }
    for report in input.reports {
      let pages = ReportPages(report: report, input: input)
      for file in pages.current { files[file.path] = file.bytes }
      for file in pages.edition where files[file.path] == nil { files[file.path] = file.bytes }
    }
    func add(_ path: String, _ text: String) { files[path] = Array(text.utf8) }
    add("data/estimates.csv", TidyTables.estimates(input.reports))
    add("data/claims.csv", TidyTables.claims(input))
    add("data/claims.json", TidyTables.claimsJSON(input).text(indent: 2))
    add("badge.json", Badge.json(input.reports.flatMap { SiteStatement.all(of: $0) }).text(indent: 2))
    add("references.bib", input.reports.map { CiteFiles(report: $0, input: input).bibtex }.joined(separator: "\n"))
    add(SiteState.path, SiteState.json(input, changes: changes).text(indent: 2))
    add("feed.xml", AtomFeed.text(input, changes))
    let rows = ClaimRows(input: input, root: "", changes: changes)
    let front = FrontPage(input: input, rows: rows, paths: Set(files.keys))
    if let hero = input.hero, front.hero == nil { throw DiagnosticsError([unknownFigure(hero)]) }
    let documents = DocumentPages(input: input, paths: Set(files.keys)).pages
    var pages = [front.page, ClaimsPage(input: input, rows: rows).page, DataPage(input: input).page]
    pages += metricPages.pages + documents
    pages.append(SearchPage(input: input, metrics: input.metrics, documents: documents).page)
    let changed = ChangePages(input: input, changes: changes, paths: Set(files.keys))
    pages.append(changed.page)
    pages += changed.editions
    let listed = Set(pages.map(\.path)).union(input.reports.map { "r/\($0.id)/index.html" })
    add("sitemap.xml", AtomFeed.sitemap(listed.sorted(), base: input.base))
    pages.append(notFound)
    for page in pages { add(page.path, page.text(input)) }
    return files.sorted { $0.key < $1.key }.map { RenderedReport.File(path: $0.key, bytes: $0.value) }
  }

  private func unknownFigure(_ name: String) -> Diagnostic {
    let known = input.reports.flatMap { report in report.figures.map { "\(report.id)/\($0.name)" } }
    let near = Suggestion.closest(to: name, in: known)
    return Diagnostic(
      id: "unknown-figure", message: "no report has the figure \(name)",
      fix: near.map { "did you mean \($0)?" } ?? "there are: \(known.prefix(20).joined(separator: ", "))")
  }

  /// The page for addresses that are not there, whose own address is not known: its links begin with the address of the site.
  private var notFound: SitePage {
    let base = PageParts.text(input.base)
    var page = SitePage("404.html", title: "There is no such page", summary: "The address leads nowhere in this site.")
    page.isAnywhere = true
    page.lead = PageParts.text(page.summary)
    page.body =
      "<p>Editions of reports stay at their addresses; other pages may have moved. Begin at the <a href=\"\(base)\">front page</a>, or <a href=\"\(base)search.html\">search</a>.</p>\n"
    return page
  }
}

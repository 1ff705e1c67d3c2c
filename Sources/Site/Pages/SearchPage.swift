import Reports

/// A list of everything with a name: reports, claims, findings, metrics, documents. The page's script shows those with the words
/// of the search; without it the list is whole.
struct SearchPage {
  let input: SiteInput
  let metrics: [SiteMetric]
  let documents: [SitePage]

  /// The most bytes of the list.
  static let byteLimit = 50_000

  var page: SitePage {
    var page = SitePage(
      "search.html", title: "Search", summary: "Reports, claims, findings, metrics and documents by their words.")
    page.lead = PageParts.text(page.summary)
    var items: [String] = []
    var bytes = 0
    var left = 0
    for (kind, title, path) in entries {
      let item =
        "<li><a href=\"\(path)\">\(PageParts.text(title.count > 160 ? title.prefix(159) + "…" : title))</a> <small>\(kind)</small></li>\n"
      if bytes + item.utf8.count > Self.byteLimit { left += 1 } else { items.append(item) }
      bytes += item.utf8.count
    }
    page.body = """
      <div class="search" role="search" hidden><label for="words">Words</label>
      <input id="words" type="search" autocomplete="off" spellcheck="false">
      <output for="words"></output></div>
      <ul id="index" class="index">
      \(items.joined())</ul>

      """
    if left > 0 {
      page.body +=
        "<p>\(left) more are in the lists of <a href=\"claims.html\">claims</a> and <a href=\"metrics.html\">metrics</a>.</p>\n"
    }
    return page
  }

  private var entries: [(kind: String, title: String, path: String)] {
    let reports = input.reports.map { ("report", $0.title, "r/\($0.id)/index.html") }
    func place(_ claim: SiteClaim, _ report: SiteReport) -> String {
      "r/\(report.id)/index.html\(report.anchor(claim.anchor))"
    }
    let claims = input.reports.flatMap { report in
      report.claims.map { claim in
        let paper = claim.reference.map { ", \(input.shortName($0))" } ?? ""
        return (
          "claim · \(PageParts.text(claim.verdict?.rawValue ?? "no verdict"))", claim.title + paper,
          place(claim, report)
        )
      }
    }
    let findings = input.reports.flatMap { report in report.findings.map { ("finding", $0.title, place($0, report)) } }
    let documents = documents.map { ("document", $0.title, $0.path) }
    return reports + documents + metrics.map { ("metric", $0.title, "metrics/\($0.id).html") } + claims + findings
  }
}

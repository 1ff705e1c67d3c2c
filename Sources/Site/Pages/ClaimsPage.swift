import Claims
import Reports

/// Every claim of every report, by paper, verdict and metric; then the findings.
struct ClaimsPage {
  let input: SiteInput
  let rows: ClaimRows

  /// The most rows of a table.
  private static let rowLimit = 2_000

  var page: SitePage {
    let claims = input.reports.flatMap { report in report.claims.map { (report: report, claim: $0) } }
    let findings = input.reports.flatMap { report in report.findings.map { (report: report, claim: $0) } }
    var page = SitePage(
      "claims.html", title: "Every claim",
      summary:
        "\(SiteNumber.count(claims.count, "claim")) over all reports: what was printed, what was recomputed, and the verdict."
    )
    page.lead = PageParts.text(page.summary)
    guard !claims.isEmpty || !findings.isEmpty else {
      page.body = "<p>No report has claims yet.</p>\n"
      return page
    }
    if !claims.isEmpty {
      page.body += publications
      let order = Dictionary(rows.publications.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      let sorted = claims.enumerated().sorted { one, other in
        let (left, right) = (
          order[one.element.claim.reference ?? ""] ?? .max, order[other.element.claim.reference ?? ""] ?? .max
        )
        return (left, one.offset) < (right, other.offset)
      }.map(\.element)
      page.body += "<h2 id=\"claims\">Claims</h2>\n" + filter(claims)
      page.body +=
        rows.table(
          id: "all-claims",
          caption:
            "Claims by paper. A printed number is met to its digits or not; of a region the interval decides.\(Self.left(sorted.count)) <span class=\"files\"><a href=\"data/claims.csv\">CSV</a> <a href=\"data/claims.json\">JSON</a></span>",
          Array(sorted.prefix(Self.rowLimit))
        ).markup
    }
    if !findings.isEmpty {
      page.body +=
        "<h2 id=\"findings\">What the reports found themselves</h2>\n<p>Findings have an effect and an interval, and no verdict: nobody claimed them.</p>\n"
      page.body += table(findings).markup
    }
    return page
  }

  private static func left(_ count: Int) -> String {
    count > rowLimit ? " The first \(rowLimit) of \(count); the files have all." : ""
  }

  private var publications: String {
    let items = rows.publications.map { key -> String in
      let own = input.reports.flatMap { SiteStatement.all(of: $0) }.filter { $0.reference == key }
      let reference = input.publication(key).map { PageParts.reference($0) } ?? PageParts.text(key)
      return
        "<li id=\"paper-\(PageParts.text(PageParts.slug(key)))\">\(reference)\n\(ClaimRows.bar(own.map(\.parts)))</li>\n"
    }
    return items.isEmpty ? "" : "<h2 id=\"papers\">Papers</h2>\n<ul class=\"list\">\n\(items.joined())</ul>\n"
  }

  /// Choices of paper, verdict and metric, which the page's script makes work.
  private func filter(_ claims: [(report: SiteReport, claim: SiteClaim)]) -> String {
    let papers = rows.publications.map { (key: $0, title: input.shortName($0)) }
    let verdicts = StatementVerdict.allCases.map(\.rawValue).filter { word in
      claims.contains { $0.claim.verdict?.rawValue == word }
    }
    let metrics = Set(claims.flatMap { rows.metrics(of: $0.claim) }).sorted()
    func select(_ name: String, _ label: String, _ all: String, _ options: [(key: String, title: String)]) -> String {
      let items = options.map { "<option value=\"\(PageParts.text($0.key))\">\(PageParts.text($0.title))</option>" }
      return
        "<label>\(label) <select data-filter=\"\(name)\"><option value=\"\">\(all)</option>\(items.joined())</select></label>\n"
    }
    return "<div class=\"choices\" data-of=\"all-claims\" role=\"group\" aria-label=\"Filter the claims\" hidden>\n"
      + select("paper", "Paper", "all papers", papers)
      + select("verdict", "Verdict", "all verdicts", verdicts.map { ($0, $0) })
      + select(
        "metrics", "Metric", "all metrics", metrics.map { id in (id, input.metrics.first { $0.id == id }?.title ?? id) }
      )
      + "<output></output></div>\n"
  }

  private func table(_ findings: [(report: SiteReport, claim: SiteClaim)]) -> SiteTable {
    var table = SiteTable(
      id: "all-findings", caption: "Findings by report.\(Self.left(findings.count))",
      columns: [("Finding", false), ("Value", true), ("n", true), ("Comparison", false), ("Report", false)])
    for (report, finding) in findings.prefix(Self.rowLimit) {
      table.add([
        .init(ClaimRows.link(finding, report, root: rows.root)),
        .init(PageParts.text(finding.valueText), value: finding.value.double),
        .init(finding.count.map { SiteNumber.text(Double($0)) } ?? "–", value: finding.count.map(Double.init)),
        .init(text: finding.compared ?? ""),
        .init("<a href=\"r/\(report.id)/index.html\">\(PageParts.text(report.id))</a>"),
      ])
    }
    return table
  }
}

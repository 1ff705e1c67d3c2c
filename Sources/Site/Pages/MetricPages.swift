import Reports

/// A page for each metric: what it is, where it was tested, how it fared, and what was claimed of it; and the list of them.
struct MetricPages {
  let input: SiteInput
  let changes: [SiteChange]

  /// The most pages for columns that the catalogue of metrics does not have.
  private static let columnLimit = 500

  /// Metrics with the tests of each.
  private let tests: [String: [SiteMetricTest]]
  /// Every metric that has a page, those of the catalogue first.
  let metrics: [SiteMetric]

  init(_ input: SiteInput, changes: [SiteChange]) {
    self.changes = changes
    var tests: [String: [SiteMetricTest]] = [:]
    var others: [SiteMetric] = []
    let known = Set(input.metrics.map(\.id))
    var seen: Set<String> = []
    for test in input.reports.flatMap({ SiteMetricTest.all(of: $0) }) {
      let id = input.metricOfColumn(test.column) ?? test.column
      tests[id, default: []].append(test)
      guard !known.contains(id), seen.insert(id).inserted, seen.count <= Self.columnLimit else { continue }
      others.append(
        SiteMetric(
          id: id, title: test.title,
          summary: "A column of a dataset or of an analysis; no metric that the tool computes has its name.",
          formula: "", source: ""))
    }
    self.tests = tests
    metrics = input.metrics + others.sorted { $0.id < $1.id }
    var input = input
    input.metrics = metrics
    self.input = input
  }

  var pages: [SitePage] { [list] + metrics.map { page($0) } }

  private var list: SitePage {
    var page = SitePage(
      "metrics.html", title: "Metrics",
      summary: "\(metrics.count) training-free metrics: what each is, where it was tested, and how it fared.")
    page.lead = PageParts.text(page.summary)
    var table = SiteTable(
      id: "all-metrics", caption: "Metrics that the tool computes, and columns of metrics that datasets have.",
      columns: [("Metric", false), ("Tests", true), ("Reports", true), ("What it is", false)])
    for metric in metrics {
      let own = tests[metric.id] ?? []
      table.add([
        .init("<a href=\"metrics/\(metric.id).html\">\(PageParts.text(metric.title))</a>"),
        .init("\(own.count)", value: Double(own.count)),
        .init("\(Set(own.map(\.report.id)).count)", value: Double(Set(own.map(\.report.id)).count)),
        .init(text: metric.summary),
      ])
    }
    page.body = table.markup
    return page
  }

  private func page(_ metric: SiteMetric) -> SitePage {
    let own = tests[metric.id] ?? []
    var page = SitePage("metrics/\(metric.id).html", title: metric.title, summary: metric.summary)
    page.lead = PageParts.text(metric.summary)
    var items: [(String, String)] = [("name", "<code>\(PageParts.text(metric.id))</code>")]
    if !metric.formula.isEmpty { items.append(("formula", "<code>\(PageParts.text(metric.formula))</code>")) }
    items += metric.facts.map { (PageParts.text($0.label), PageParts.text($0.text)) }
    if !metric.source.isEmpty {
      items.append(
        ("source", input.publication(metric.source).map { PageParts.reference($0) } ?? PageParts.text(metric.source)))
    }
    page.body +=
      "<h2 id=\"definition\">Definition</h2>\n<dl>\n"
      + items.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" }.joined() + "</dl>\n"
    page.body += "<h2 id=\"tests\">Where it was tested, and how it fared</h2>\n"
    page.body += own.isEmpty ? "<p>No report holds it against a target yet.</p>\n" : table(own).markup
    let rows = ClaimRows(input: input, root: page.root, changes: changes)
    let claims = input.reports.flatMap { report in
      report.claims.filter { rows.metrics(of: $0).contains(metric.id) }.map { (report: report, claim: $0) }
    }
    if !claims.isEmpty {
      page.body += "<h2 id=\"claims\">What papers claim of it</h2>\n"
      page.body += rows.table(id: "claims-of-it", caption: "Claims on its values.", claims).markup
    }
    return page
  }

  private func table(_ own: [SiteMetricTest]) -> SiteTable {
    var table = SiteTable(
      id: "all-tests",
      caption:
        "Each test with its interval. A negative coefficient belongs to a target of which less is better, or to a metric that orders the wrong way: the report says which.",
      columns: [
        ("Report", false), ("Table", false), ("Column", false), ("n", true), ("Kendall τ-b", true),
        ("Somers' d", true),
        ("Spearman ρ", true),
      ])
    for test in own.prefix(1000) {
      let place = "../r/\(test.report.id)/index.html"
      table.add([
        .init("<a href=\"\(place)\">\(PageParts.text(test.report.title))</a>"),
        .init(
          "<a href=\"\(place)\(test.report.anchor("table-\(test.section)"))\">\(PageParts.text(test.report.captions[test.section] ?? test.section))</a>"
        ),
        .init(text: test.title),
        .init(test.count.map { SiteNumber.text(Double($0)) } ?? "–", value: test.count.map(Double.init)),
        Self.cell(test.tau), Self.cell(test.somers), Self.cell(test.spearman),
      ])
    }
    return table
  }

  private static func cell(_ estimate: SiteEstimate?) -> SiteTable.Cell {
    .init(estimate.map(\.text) ?? "–", value: estimate?.value)
  }
}

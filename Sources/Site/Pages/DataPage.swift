import Figures
import Reports

/// The data behind the reports with their licences, and the tables that the site offers.
struct DataPage {
  let input: SiteInput

  /// The id of a dataset in the page.
  static func anchor(_ id: String) -> String { "data-\(PageParts.slug(id))" }

  /// The tables for download.
  static let downloads: [(path: String, name: String, summary: String)] = [
    (
      "data/estimates.csv", "Estimates",
      "Every estimate of every report, one a row: path, value, interval, level, rows, clusters, method and seed."
    ),
    (
      "data/claims.csv", "Claims and findings",
      "Every claim and finding, one a row: paper, statement, what was printed, verdict, value and interval."
    ),
  ]

  var page: SitePage {
    var page = SitePage(
      "data.html", title: "Data",
      summary:
        "The public data that the reports read, with licence, size and SHA-256, and all numbers of the reports as tables."
    )
    page.lead = PageParts.text(page.summary)
    let linked = LinkedData(input: input)
    page.linkedData = Self.downloads.map { linked.download(name: $0.name, description: $0.summary, path: $0.path) }
    page.linkedData += input.datasets.map { linked.dataset($0) }
    let items = Self.downloads.map { "<li><a href=\"\($0.path)\">\($0.name)</a>: \($0.summary)</li>\n" }
    page.body = """
      <h2 id="downloads">Downloads</h2>
      <ul>
      \(items.joined())<li><a href="data/claims.json">Claims</a> and <a href="site.json">the state of the site</a> as JSON, <a href="badge.json">badge</a> for an endpoint of shields, <a href="references.bib">BibTeX</a> of every report</li>
      </ul>
      <h2 id="datasets">Datasets</h2>

      """
    page.body += input.datasets.isEmpty ? "<p>The catalogue has none.</p>\n" : table.markup
    return page
  }

  private var table: SiteTable {
    var table = SiteTable(
      id: "all-datasets", caption: "Datasets of the catalogue: where each is from, and which reports read it.",
      columns: [
        ("Dataset", false), ("Licence", false), ("From", false), ("Bytes", true), ("Read by", false),
        ("SHA-256 of the file", false),
      ])
    for dataset in input.datasets {
      let readers = input.reports.filter { $0.datasets.contains(dataset.id) }.map {
        "<a href=\"r/\($0.id)/index.html\">\(PageParts.text($0.id))</a>"
      }
      let isWeb = dataset.address.hasPrefix("https://")
      let source = PageParts.text(input.shortName(dataset.citation))
      table.add(
        [
          .init(
            "<b>\(PageParts.text(dataset.title))</b><br><code>\(PageParts.text(dataset.id))</code><br>\(PageParts.text(dataset.summary))"
          ),
          .init(text: dataset.licence),
          .init(isWeb ? "<a href=\"\(PageParts.text(dataset.address))\">\(source)</a>" : source),
          .init(NumberText.grouped(dataset.byteCount), value: Double(dataset.byteCount)),
          .init(readers.isEmpty ? "–" : readers.joined(separator: ", ")),
          .init("<code>\(PageParts.text(String(dataset.digest.prefix(16))))…</code>"),
        ], attributes: " id=\"\(PageParts.text(Self.anchor(dataset.id)))\"")
    }
    return table
  }
}

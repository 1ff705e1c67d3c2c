import Documents
import Reports

/// A page of a site around its content.
struct SitePage {
  /// The path of its file in the site.
  let path: String
  /// Plain.
  let title: String
  /// One sentence for those who list the page. Plain.
  let summary: String
  /// The content of `main`, below the title. HTML.
  var body = ""
  /// The sentences below the title. HTML.
  var lead = ""
  /// The headings that the contents name; none for a page without.
  var headings: [PageParts.Heading] = []
  var drawings = PageDrawings()
  /// What machines read of it.
  var linkedData: [JSONValue] = []
  /// Further elements of the head.
  var head = ""
  /// The picture that stands for it, a path in the site.
  var picture: String?
  /// True for the page that a server shows for addresses that are not there: its links lead from the address of the site.
  var isAnywhere = false

  init(_ path: String, title: String, summary: String) {
    (self.path, self.title, self.summary) = (path, title, summary)
  }

  /// The way from a page of a path to the top of the site: empty, `../`, `../../`.
  static func root(of path: String) -> String { path.split(separator: "/").dropLast().map { _ in "../" }.joined() }

  /// The way to the top.
  var root: String { Self.root(of: path) }

  /// The address of a path under which others find it: that of a folder for its `index.html`.
  static func address(_ path: String, base: String) -> String {
    base + (path == "index.html" ? "" : path.hasSuffix("/index.html") ? String(path.dropLast(10)) : path)
  }

  /// The places that every page leads to.
  static let places: [(path: String, title: String)] = [
    ("index.html", "Reports"), ("claims.html", "Claims"), ("metrics.html", "Metrics"), ("data.html", "Data"),
    ("docs.html", "Documentation"), ("changes.html", "Changes"), ("search.html", "Search"),
  ]

  /// The line at the top of every page. A page of a report has no link to itself.
  static func bar(root: String, current: String?, more: String = "") -> String {
    let items = places.map { place in
      place.path == current
        ? "<li><span aria-current=\"page\">\(place.title)</span></li>"
        : "<li><a href=\"\(root)\(place.path)\">\(place.title)</a></li>"
    }
    return "<nav class=\"site\" aria-label=\"Site\"><ul>\(items.joined())\(more)</ul></nav>\n"
  }

  /// What the head of every page has for those who list, quote and keep pages.
  static func head(
    path: String, title: String, summary: String, picture: String?, linkedData: [JSONValue], input: SiteInput
  ) -> String {
    let address = PageParts.text(address(path, base: input.base))
    var lines = [
      "<meta name=\"description\" content=\"\(PageParts.text(summary))\">",
      "<link rel=\"canonical\" href=\"\(address)\">",
      "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Changes\" href=\"\(root(of: path))feed.xml\">",
      "<meta property=\"og:type\" content=\"\(path == "index.html" ? "website" : "article")\">",
      "<meta property=\"og:title\" content=\"\(PageParts.text(title))\">",
      "<meta property=\"og:description\" content=\"\(PageParts.text(summary))\">",
      "<meta property=\"og:url\" content=\"\(address)\">",
    ]
    if let picture {
      lines.append("<meta property=\"og:image\" content=\"\(PageParts.text(input.base + picture))\">")
      lines.append("<meta name=\"twitter:card\" content=\"summary_large_image\">")
    }
    lines += linkedData.map { "<script type=\"application/ld+json\">\($0.text())</script>" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The whole page.
  func text(_ input: SiteInput) -> String {
    let script = input.templates.reportScript + input.templates.siteScript
    let style = input.templates.style + input.templates.siteStyle + drawings.style
    let root = isAnywhere ? PageParts.text(input.base) : root
    let contents = headings.filter { $0.level <= 3 }
    let nav =
      contents.count < 2
      ? ""
      : "<nav aria-label=\"Contents\"><ol>\n"
        + contents.map {
          "<li class=\"level-\($0.level)\"><a href=\"#\(PageParts.text($0.id))\">\(PageParts.text($0.title))</a></li>\n"
        }.joined() + "</ol></nav>\n"
    let isFront = path == "index.html"
    let name = isFront || title == input.title ? title : "\(title) – \(input.title)"
    let page = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(PageHead.policy(script: script))
      <meta name="color-scheme" content="light dark">
      <title>\(PageParts.text(name))</title>
      \(Self.head(path: path, title: title, summary: summary, picture: picture, linkedData: linkedData, input: input))\(head)<style>
      \(style)
      </style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the text</a>
      \(Self.bar(root: root, current: path))<div class="page\(nav.isEmpty ? " plain" : "")">
      <header>
      <div class="tools"><button type="button" id="theme" hidden>Dark</button></div>
      <h1>\(PageParts.text(title))</h1>
      \(lead.isEmpty ? "" : "<p class=\"lead\">\(lead)</p>\n")</header>
      \(nav)<main id="main" tabindex="-1">
      \(body)</main>
      </div>
      <footer class="site"><p>\(footer(input, root: root))</p></footer>
      <script>\(script)</script>
      </body>
      </html>

      """
    return PageParts.marked(page)
  }

  private func footer(_ input: SiteInput, root: String) -> String {
    let source = input.repository.map { " · <a href=\"\(PageParts.text($0))\">Source</a>" } ?? ""
    return
      "Made by trainfree \(PageParts.text(input.version)) from \(SiteNumber.count(input.reports.count, "report")) · "
      + "<a href=\"\(root)feed.xml\">Feed</a> · <a href=\"\(root)data.html#downloads\">Downloads</a>\(source)"
  }
}

/// A table of a page: sortable, with a filter where it is long.
struct SiteTable {
  /// A cell.
  struct Cell {
    var html: String
    /// The number that the column is sorted by.
    var value: Double?

    /// - Parameter html: HTML.
    init(_ html: String, value: Double? = nil) { (self.html, self.value) = (html, value) }
    /// A plain text.
    init(text: String) { self.init(PageParts.text(text)) }
  }

  let id: String
  /// HTML.
  let caption: String
  /// The titles; those of numbers are marked.
  let columns: [(title: String, isNumeric: Bool)]
  /// Rows with their attributes, such as ` id="x"`.
  var rows: [(attributes: String, cells: [Cell])] = []

  /// Adds a row.
  mutating func add(_ cells: [Cell], attributes: String = "") { rows.append((attributes, cells)) }

  var markup: String {
    let head = columns.map {
      "<th scope=\"col\"\($0.isNumeric ? " class=\"number\"" : "")><button type=\"button\">\(PageParts.text($0.title))</button></th>"
    }.joined()
    let body = rows.map { row in
      "<tr\(row.attributes)>" + row.cells.enumerated().map { cell($1, at: $0) }.joined() + "</tr>\n"
    }.joined()
    return """
      <div class="tabled\(rows.count <= 14 ? " small" : "")" id="\(id)">
      <div class="caption" id="\(id)-caption">\(caption)</div>
      <div class="table" role="region" aria-labelledby="\(id)-caption" tabindex="0"><table class="sortable" aria-labelledby="\(id)-caption">
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table></div>
      </div>

      """
  }

  private func cell(_ cell: Cell, at index: Int) -> String {
    let isNumeric = columns[index].isNumeric
    let value =
      cell.value.map { " data-value=\"\(JSONValue.numberText($0))\"" } ?? (isNumeric ? " data-value=\"\"" : "")
    if index == 0 { return "<th scope=\"row\"\(value)>\(cell.html)</th>" }
    guard isNumeric else { return "<td\(value)>\(cell.html)</td>" }
    // The only place where a line may end is before an interval.
    return
      "<td class=\"number\"\(value)>\(cell.html.replacing(" ", with: "\u{a0}").replacing("\u{a0}[", with: " ["))</td>"
  }
}

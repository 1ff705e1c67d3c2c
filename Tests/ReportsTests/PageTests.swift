import Foundation
import Testing

@testable import Reports

@Suite struct PageTests {
  @Test func thePageLoadsNothing() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"))
    #expect(!page.contains(" src=") && !page.contains("url(h") && !page.contains("@import") && !page.contains("<link"))
    #expect(page.contains("<a href=\"https://h/p.png\">a picture</a>"))
  }

  @Test func thePolicyKnowsTheScript() throws {
    // echo -n 'abc' | openssl dgst -sha256 -binary | base64
    #expect(ScriptDigest.sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let script = try #require(page.firstMatch(of: #/<script>((?s:.*?))<\/script>/#)?.1)
    #expect(page.contains("'sha256-\(ScriptDigest.sha256(String(script)))'"))
  }

  @Test func dataNeverBecomeMarkup() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.matches(of: #/<script/#).count == 1 && page.matches(of: #/<\/style/#).count == 1)
    #expect(!page.contains("href=\"javascript") && !page.contains("<b>html") && !page.contains("<i>Group"))
    for tag in page.matches(of: #/<[a-z][^<>]*>/#) {
      let attributes = tag.output.replacing(#/"[^"]*"/#, with: "").replacing(#/'[^']*'/#, with: "")
      #expect(!attributes.contains("onload") && !attributes.contains("\""), "\(tag.output)")
    }
    #expect(!page.unicodeScalars.contains("\u{1}"))
  }

  @Test func idsAreUniqueAndLinksWithinThePageHold() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let ids = page.matches(of: #/<[a-z][^<>]* id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count && ids.contains("f1-c0") && ids.contains("f2-c0"))
    for link in page.matches(of: #/href="#([^"]*)"/#).map({ String($0.1) }) { #expect(ids.contains(link), "\(link)") }
    for label in page.matches(of: #/aria-labelledby="([^"]*)"/#).flatMap({ $0.1.split(separator: " ") }) {
      #expect(ids.contains(String(label)), "\(label)")
    }
  }

  @Test func headingsFollowInOrderAndTheContentsNameThem() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let levels = page.matches(of: #/<h([1-6])/#).compactMap { Int($0.1) }
    #expect(levels == [1, 2, 3, 2, 2, 2, 2])
    let contents = try #require(page.firstMatch(of: #/<nav(?s:.*?)<\/nav>/#)?.output)
    #expect(contents.contains("<li class=\"level-2\"><a href=\"#section-first\">First</a></li>"))
    #expect(contents.contains("<a href=\"#section-first-2\">First</a>") && contents.contains("href=\"#provenance\""))
    #expect(contents.matches(of: #/<a /#).count == contents.matches(of: #/<\/a>/#).count)
    #expect(contents.firstMatch(of: #/<a [^>]*>[^<]*<a/#) == nil)
  }

  @Test func tablesSortByTheirValues() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document(rows: 250))["index.html"]).withoutSpans
    #expect(page.contains("<td class=\"number\" data-value=\"-0.3715\">−.372</td>"))
    #expect(page.contains("<td class=\"number\" data-value=\"\">–</td>"))
    #expect(page.contains("50 further rows are in the data file."))
    #expect(page.contains("<th scope=\"col\" class=\"number\"><button type=\"button\">Kendall τ-b</button></th>"))
    #expect(page.contains("95 % intervals <a href=\"#ref-someone2020\">One &amp; Two (2020)</a>"))
  }

  @Test func sizesOfPartsAreTold() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let told = try #require(
      page.withoutSpans.firstMatch(of: #/<dd>([0-9]+) KiB: figures [0-9]+ KiB \(largest: figure [12], /#)?.1)
    #expect(Int(told) == (page.utf8.count + 512) / 1024)
  }

  @Test func referencesLinkToTheirPublication() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.contains("<a href=\"https://doi.org/10.1/a%3Cb%3E%28c%29\">doi:10.1/a&lt;b&gt;(c)</a>"))
  }

  /// A page of some cells, with head and feet.
  private func page(_ cells: [ReportContent], imprint: ReportImprint = ReportImprint()) throws -> String {
    var document = SampleReport.document()
    document.cells = cells
    document.imprint = imprint
    return try #require(SampleReport.rendered(document)["index.html"]).withoutSpans
  }

  @Test func aFigureStandsBesideItsText() throws {
    var figure = SampleReport.figure()
    figure.isBesideText = true
    let text = try page([.prose("## In short\n\nOne."), .figure(figure), .prose("Two.")])
    let parts = [
      "<div class=\"opening\">\n<div>\n<h2 id=\"section-in-short\">",
      "<p>One.</p>\n</div>\n<figure id=\"figure-plot\">",
      "</figure>\n</div>\n<p>Two.</p>",
    ]
    var rest = text[...]
    for part in parts {
      let found = try #require(rest.firstRange(of: part), "\(part)")
      rest = rest[found.upperBound...]
    }
    #expect(text.matches(of: #/<div[ >]/#).count == text.matches(of: #/<\/div>/#).count)
  }

  @Test func captionsDoNotScrollWithTheirTable() throws {
    let text = try page([.table(SampleReport.table())])
    let box = try #require(text.firstMatch(of: #/<div class="table" (?s:.*?)<\/table><\/div>/#)?.output)
    #expect(!box.contains("Coefficients of") && !box.contains("<caption"))
    #expect(text.contains("<div class=\"tabled small\" id=\"table-numbers\">"))
    #expect(box.contains("aria-labelledby=\"table-numbers-caption\""))
    #expect(try page([.table(SampleReport.table(rows: 40))]).contains("<div class=\"tabled\" id="))
  }

  @Test func groupsStandOverTheirColumns() throws {
    let table = ReportTable(
      name: "g", caption: "",
      columns: [.init("m"), .init("n", group: "<a>"), .init("p", group: "<a>"), .init("n", group: "b")],
      rows: [])
    let html = HTMLTable(table: table, caption: "", id: "g").markup
    #expect(
      html.contains(
        "<tr class=\"groups\"><td colspan=\"1\"></td><th scope=\"colgroup\" colspan=\"2\">&lt;a&gt;</th>"
          + "<th scope=\"colgroup\" colspan=\"1\">b</th></tr><tr><th scope=\"col\"><button"))
  }

  @Test func rowsNameTheirMetric() throws {
    let table = ReportTable(
      name: "g", caption: "", columns: [.init("m")], rows: [[.init("A", member: "a\"b")], [.init("B")]])
    let html = HTMLTable(table: table, caption: "", id: "g").markup
    #expect(html.contains("<tr data-m=\"a&quot;b\"><th") && html.contains("<tr><th scope=\"row\">B</th>"))
  }

  @Test func everyTableAndFigureCanShowHowItWasMade() throws {
    let origin = ReportOrigin(
      spec: ["correlations:", "  main: {title: <b>}"], place: "correlations.main of a.yaml",
      command: "trainfree export `x`",
      facts: [ProvenanceItem("seed", "1")])
    var table = SampleReport.table()
    var figure = SampleReport.figure()
    (table.origin, figure.origin) = (origin, origin)
    let text = try page([.table(table), .figure(figure)])
    for name in ["Table 1", "Figure 1"] { #expect(text.contains("<summary>How \(name) was made</summary>")) }
    #expect(text.contains("<pre><code>correlations:\n  main: {title: &lt;b&gt;}</code></pre>"))
    #expect(text.contains("<dt>seed</dt><dd>1</dd>") && text.contains("<dd><code>trainfree export `x`</code></dd>"))
    // Files that need not be kept with the page are linked where it says how they are made.
    #expect(text.matches(of: #/\.(png|pdf)"/#).count == 2 && text.contains("<dt>for print</dt><dd><a href=\"figures/"))
    var document = SampleReport.document()
    document.cells = [.table(table)]
    let markdown = try #require(SampleReport.rendered(document)["report.md"])
    #expect(
      markdown.contains("[LaTeX](tables/numbers.tex) · Made by correlations.main of a.yaml; `trainfree export  x `\n"))
  }

  @Test func theHeadSaysWhoWhenAndWhat() throws {
    let imprint = ReportImprint(
      authors: ["Ann <One>", "Bo Two"], date: "2026-11-29", version: "0.1.0", specDigest: "0123456789abcdef",
      licence: "CC BY 4.0", home: "../index.html")
    let text = try page([], imprint: imprint)
    #expect(
      text.contains(
        "<li>Ann &lt;One&gt;, Bo Two</li>\n<li>2026-11-29</li>\n<li>trainfree 0.1.0, spec 0123456789ab</li>"))
    #expect(text.contains("<a href=\"../index.html\">") && text.contains("<li>CC BY 4.0</li>"))
    #expect(text.contains("author = {{Ann \\textless{}One\\textgreater{}} and {Bo Two}},\n  year = {2026},"))
    #expect(try !page([]).contains("class=\"imprint\""))
    var document = SampleReport.document()
    document.imprint = imprint
    let markdown = try #require(SampleReport.rendered(document)["report.md"])
    #expect(markdown.contains("2026-11-29 · trainfree 0.1.0, spec 0123456789ab · CC BY 4.0\n"))
  }

  /// What stands at the foot of printed pages is a string, whatever the title.
  @Test func printedPagesHaveFeet() throws {
    let text = try page([])
    let foot = try #require(text.firstMatch(of: #/@bottom-left\{content:"([^"]*)"\}/#)?.1)
    #expect(foot.hasPrefix("A report \\3d cmd") && !foot.contains("<") && !foot.contains("/"))
    #expect(text.contains("counter(page)"))
    #expect(Escape.cssString("a1 \"\\\n</é") == "\"a1 \\22 \\5c \\fffd \\3c \\2f \\e9 \"")
  }

  @Test func referencesHaveBibTeX() throws {
    let text = try page([.prose("[@someone2020]")])
    #expect(text.contains("<pre class=\"copied\"><code>@misc{someone2020,\n  author = {Ann One and Bo Two},"))
  }
}

import Foundation
import Testing

@testable import Reports

@Suite struct ClaimCardTests {
  static func claim(_ text: String = SampleReport.hostile) -> ReportClaim {
    ReportClaim(
      name: "best", title: text, statement: text, quote: text, reference: "someone2020", locator: text,
      verdicts: [.init("Reproduced", "not reproduced", remark: text), .init("Inference", "supported")],
      lines: [.init("Claimed", text), .init("n", "500")],
      links: [ReportLink("Figure 1", to: "figure-plot"), ReportLink("Table 1", to: "table-numbers")],
      command: "trainfree export reports/sample --value main.a.b", query: "SELECT '<\(text)>';", notes: [text])
  }

  private static func document(_ claim: ReportClaim = claim()) -> ReportDocument {
    var document = SampleReport.document()
    document.cells.append(.claim(claim))
    return document
  }

  @Test func textsOfClaimsNeverBecomeMarkup() throws {
    let files = try SampleReport.rendered(Self.document())
    let page = try #require(files["index.html"])
    let card = try #require(page.firstMatch(of: #/<section class="claim"[\s\S]*?<\/section>/#)).output
    #expect(!card.contains("<script>alert") && !card.contains("onload=\"x <") && card.contains("&lt;script&gt;"))
    #expect(card.contains("href=\"#figure-plot\"") && card.contains("href=\"#ref-someone2020\""))
    #expect(card.contains("class=\"verdict not-reproduced\"") && page.contains(".claim .verdict"))
    for name in ["report.md", "summary.md", "comment.md"] {
      let text = try #require(files[name])
      let part = try #require(text.range(of: "**Claim: "))
      #expect(text[part.lowerBound...].firstMatch(of: #/(^|[^\\])<(script|b>|/style)/#) == nil, "\(name)")
    }
  }

  @Test func evidenceLeadsToAnchors() throws {
    let files = try SampleReport.rendered(Self.document(Self.claim("A claim")))
    let report = try #require(files["report.md"])
    #expect(report.contains("[Figure 1](<#figure-plot>), [Table 1](<#table-numbers>)"))
    #expect(report.contains("<a id=\"figure-plot\"></a>**Figure 1.**"))
    #expect(report.contains("<a id=\"table-numbers\"></a>**Table 1.**") && report.contains("<a id=\"claim-best\"></a>"))
    #expect(!report.contains("<a id=\"figure-other\"></a>"))
    let page = try #require(files["index.html"])
    for id in ["figure-plot", "table-numbers", "claim-best"] { #expect(page.contains("id=\"\(id)\"")) }
    let summary = try #require(files["summary.md"])
    #expect(summary.contains("**Claim: A claim.**") && !summary.contains("](<#"))
  }

  @Test func pagesWithoutClaimsStayAsTheyWere() throws {
    let files = try SampleReport.rendered(SampleReport.document())
    #expect(files["index.html"]?.contains(".claim") == false && files["report.md"]?.contains("<a id=\"figure") == false)
  }

  @Test func anUnlistedPublicationIsAnError() {
    var claim = Self.claim()
    claim.reference = "nobody1999"
    #expect(throws: ReportError.unknownCitation("nobody1999")) {
      try ReportWriter.render(Self.document(claim), templates: SampleReport.templates())
    }
  }

  @Test func cellsShowTheirLinksInReportsAlone() {
    let table = ReportTable(
      name: "t", caption: "t", columns: [.init("a"), .init("b")],
      rows: [[.init("x"), .init("Figure 1", links: [ReportLink("Figure <1>", to: "figure-\"a")])]])
    #expect(TableExport.markdown(table, hasLinks: true).contains("[Figure \\<1\\>](<#figure-&quot;a>)"))
    #expect(TableExport.markdown(table).contains("| Figure 1 |"))
    #expect(
      HTMLTable(table: table, caption: "", id: "t").markup.contains("<a href=\"#figure-&quot;a\">Figure &lt;1&gt;</a>"))
    #expect(TableExport.text(table, .csv).contains("Figure 1"))
  }
}

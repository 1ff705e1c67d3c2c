import Foundation
import Testing

@testable import Reports

@Suite struct StatementTests {
  static func check(
    _ name: String, _ text: String = SampleReport.hostile, _ verdict: ReportVerdict? = .init("does not hold", .fails)
  ) -> ReportCheck {
    ReportCheck(
      name: name, title: text, against: text, verdict: verdict, claimed: text, recomputed: text, interval: "[.1, .3]",
      bar: IntervalBar(value: 0.2, lower: 0.1, upper: 0.3, region: .init(lower: 0, upper: nil), words: text),
      count: "500", reason: text, lines: [.init("Method", text)],
      links: [ReportLink("Figure 1", to: "figure-plot"), ReportLink("Table 1", to: "table-numbers")],
      command: "trainfree export reports/sample --value main.a.b", query: "SELECT '<\(text)>';", notes: [text])
  }

  static func statement(_ text: String = SampleReport.hostile, _ names: [String] = ["best"]) -> ReportStatement {
    ReportStatement(
      verdict: ReportVerdict("does not hold", .fails), text: text, reference: "someone2020", quote: text, locator: text,
      checks: names.map { check($0, text) })
  }

  static func claims(_ text: String = SampleReport.hostile) -> ReportClaims {
    ReportClaims(
      publications: [
        .init(
          reference: "someone2020", strip: "1 holds · 2 do not hold", secondHand: text,
          statements: [statement(text), statement(text, ["one", "two"])])
      ], predictions: [statement(text, ["own"])], table: SampleReport.table("claims"))
  }

  static func findings(_ text: String = SampleReport.hostile) -> ReportFindings {
    ReportFindings(
      findings: [
        ReportFinding(
          sentence: "It is *\(text)* [@someone2020].", written: "post hoc", check: check("found", text, nil))
      ], table: SampleReport.table("findings"))
  }

  private static func document(_ text: String = SampleReport.hostile) -> ReportDocument {
    var document = SampleReport.document()
    document.cells += [
      .claim(statement(text)), .claims(claims(text)), .findings(findings(text)),
      .finding(findings(text).findings[0]),
    ]
    document.changes = ["Since 2, *\(text)*: we said no, and say now yes."]
    return document
  }

  @Test func textsOfClaimsNeverBecomeMarkup() throws {
    let files = try SampleReport.rendered(Self.document())
    let page = try #require(files["index.html"])
    #expect(!page.contains("<script>alert") && !page.contains("onload=\"x <"))
    for name in ["report.md", "summary.md", "comment.md"] {
      let text = try #require(files[name])
      let start = text.range(of: "does not hold")?.lowerBound ?? text.startIndex
      #expect(text[start...].firstMatch(of: #/(^|[^\\])<(script|b>|/style)/#) == nil, "\(name)")
      #expect(!text[start...].contains("\n# h") && !text[start...].contains("@team"), "\(name)")
    }
  }

  @Test func everyIdIsInThePageOnce() throws {
    let files = try SampleReport.rendered(Self.document("A claim"))
    for name in ["index.html", "report.md"] {
      let text = try #require(files[name])
      for id in ["claim-best", "claim-one", "claim-two", "claim-own", "claim-found", "table-claims", "table-findings"] {
        #expect(text.ranges(of: "id=\"\(id)\"").count == 1, "\(name) \(id)")
      }
    }
    let summary = try #require(files["summary.md"])
    #expect(summary.contains("**does not hold**: A claim (One & Two (2020), A claim)".replacing("&", with: "\\&")))
    #expect(!summary.contains("](<#") && !summary.contains("<a id"))
  }

  @Test func theVerdictStandsFirstAndTheRestIsFolded() throws {
    let page = try #require(try SampleReport.rendered(Self.document("A claim"))["index.html"])
    let row = try #require(page.firstMatch(of: #/<li class="statement" id="claim-own">[\s\S]*?<\/li>/#)).output
    let order = [
      "class=\"verdict fails\">does not hold", "class=\"text\">A claim", "claimed <b>A claim</b>",
      "recomputed <b>A claim</b>",
      "<svg class=\"bar\" role=\"img\" aria-label=\"A claim\"", "<details class=\"how\">", "<dt>Method</dt>",
      "SQL on the store",
    ]
    var place = row.startIndex
    for part in order {
      let found = try #require(row[place...].range(of: part), "\(part)")
      place = found.upperBound
    }
    #expect(page.contains("<summary>2 checks</summary>") && page.contains("1 holds · 2 do not hold"))
    // A finding has no verdict.
    let finding = try #require(page.firstMatch(of: #/<li class="finding"[\s\S]*?<\/li>/#)).output
    #expect(!finding.contains("verdict") && !finding.contains("claimed") && finding.contains("post hoc"))
  }

  /// What all findings share is said once; where they differ and one is not post hoc, each says it.
  @Test(arguments: [
    (
      ["written 2 days after the first result: post hoc", "written 2 days after the first result: post hoc"],
      "All findings: written 2 days", 1
    ),
    (["written 2 days after the first result: post hoc", "post hoc"], "All findings are post hoc", 2),
    (["registered 3 days before the first result", "post hoc"], "", 2),
  ])
  func whatFindingsShareIsSaidOnce(_ words: [String], _ shared: String, _ columns: Int) throws {
    var document = SampleReport.document()
    let findings = zip(words, ["first", "second"]).map { words, name in
      ReportFinding(sentence: "It is.", written: words, check: Self.check(name, "A claim", nil))
    }
    document.cells.append(.findings(ReportFindings(findings: findings, table: SampleReport.table("findings"))))
    let files = try SampleReport.rendered(document)
    let page = try #require(files["index.html"])
    #expect(page.contains("<p class=\"dated\">\(shared)") == !shared.isEmpty)
    #expect(page.contains("<span class=\"written\">") == shared.isEmpty)
    // The exact words stay with every finding.
    for word in Set(words) { #expect(page.contains(">\(word)</")) }
    #expect(files["report.md"]?.contains("| Finding | Value | n | Written |") == (columns == 2))
  }

  @Test func listsAreTablesInMarkdown() throws {
    let report = try #require(try SampleReport.rendered(Self.document("A claim"))["report.md"])
    for part in [
      "**Table 2.** Coefficients", "**[One \\& Two (2020)](<#ref-someone2020>)**: 1 holds · 2 do not hold",
      "> A claim", "| **does not hold** | A claim (A claim) | A claim | A claim: A claim \\[.1, .3\\] (A claim) |",
      "| **does not hold** | A claim (A claim) |  | 2 checks |", "<details><summary>2 checks: does not hold</summary>",
      "| Finding | Value | n | Written |", "[CSV](tables/findings.csv)", "Shown in [Figure 1](<#figure-plot>)",
    ] {
      #expect(report.contains(part), "\(part)")
    }
  }

  @Test func pagesWithoutClaimsStayAsTheyWere() throws {
    let files = try SampleReport.rendered(SampleReport.document())
    #expect(files["index.html"]?.contains(".claim") == false && files["report.md"]?.contains("<a id=\"figure") == false)
  }

  @Test func anUnlistedPublicationIsAnError() {
    var statement = Self.statement()
    statement.reference = "nobody1900"
    var document = SampleReport.document()
    document.cells.append(.claim(statement))
    #expect(throws: ReportError.unknownCitation("nobody1900")) {
      try ReportWriter.render(document, templates: SampleReport.templates())
    }
  }

  @Test func commentsAreShort() throws {
    let text = try CommentReport(Self.document("A claim")).text
    #expect(text.hasPrefix("## A report") && text.hasSuffix("[The whole report](report.md)\n"))
    for part in [
      "- Since 2, *A claim*: we said no", "- **One \\& Two (2020)**: 1 holds", "- **does not hold**: A claim Claimed",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    for count in [0, 1, 5, 20, 200] {
      var document = Self.document("A claim")
      document.changes = (0..<count).map { "Change \($0)" }
      var claims = Self.claims("A claim")
      claims.predictions = Array(repeating: Self.statement("A claim"), count: count)
      claims.publications = Array(repeating: claims.publications[0], count: max(1, count))
      document.cells.append(.claims(claims))
      let lines = try CommentReport(document).text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= CommentReport.lineLimit, "\(count): \(lines)")
    }
    // What there is no room for is counted.
    for count in 1...60 {
      var document = SampleReport.document()
      document.changes = (0..<count).map { "Change \($0)" }
      let text = try CommentReport(document).text
      let left = text.firstMatch(of: #/- … and (\d+) more/#).flatMap { Int($0.output.1) } ?? 0
      #expect(text.ranges(of: "- Change ").count + left == count && (left == 0) == (count <= 22), "\(text)")
    }
    let plain = try CommentReport(SampleReport.document()).text
    #expect(plain.contains("A *summary*.") && plain.split(separator: "\n").count == 3)
  }

  /// A region of the analysis is not said to be claimed, notes stand in Markdown too, and a comment has no empty places.
  @Test func ownTestsAndRemarksAreNamed() throws {
    var statement = Self.statement("A claim")
    statement.checks[0].claimed = ""
    statement.checks[0].tested = "above 0"
    statement.checks[0].lines = [.init(ReportCheck.written, "post hoc")]
    var unchecked = Self.statement("Not at hand", ["unchecked"])
    unchecked.verdict = .init("not checkable", .unchecked)
    var finding = Self.findings("A finding").findings[0]
    finding.check.valueTitle = "Pearson r"
    var document = SampleReport.document()
    document.cells += [
      .claims(
        .init(
          publications: [
            .init(
              reference: "someone2020", strip: "1 does not hold", secondHand: nil, statements: [statement, unchecked])
          ], predictions: [], table: SampleReport.table("claims"))),
      .findings(.init(findings: [finding], table: SampleReport.table("findings"))),
    ]
    let files = try SampleReport.rendered(document)
    let (page, report) = (try #require(files["index.html"]), try #require(files["report.md"]))
    #expect(
      page.contains("our test <b>above 0</b>, recomputed") && page.withoutSpans.contains("Pearson r <b>A finding</b>"))
    #expect(report.contains("| Claimed, or our test |") && report.contains("| our test: above 0 |"))
    #expect(report.contains("- **A claim**: test post hoc. A claim\n") && report.contains("| Pearson r A finding \\["))
    let comment = try #require(files["comment.md"])
    #expect(comment.contains("A claim Our test above 0, recomputed A claim") && !comment.contains("Not at hand"))
    statement.checks[0].tested = ""
    statement.checks[0].recomputed = nil
    document.cells = [.claims(.init(publications: [], predictions: [statement], table: SampleReport.table("claims")))]
    #expect(try CommentReport(document).text.contains("- **does not hold**: A claim\n"))
  }

  /// Interval, region and 0 lie where they should; numbers far from 0 leave it out.
  @Test func barsSpanWhatTheyShow() {
    let near = IntervalBar(value: 0.1, lower: 0.05, upper: 0.2, region: .init(lower: 0.1, upper: nil), words: "w")
    #expect(near.domain.contains(0) && near.domain.contains(0.2) && near.svg.contains("class=\"zero\""))
    let far = IntervalBar(value: 70, lower: 69.5, upper: 70.5, words: "w")
    #expect(!far.domain.contains(0) && !far.svg.contains("zero") && !far.svg.contains("region"))
    for bar in [
      IntervalBar(value: nil, lower: 0, upper: 0, words: ""),
      IntervalBar(value: 1, lower: 1, upper: 1, region: .init(lower: -1e300, upper: 1e300), words: ""),
      IntervalBar(
        value: .infinity, lower: -5, upper: -4.9, region: .init(lower: nil, upper: -1), printed: .nan, words: ""),
    ] {
      for match in bar.svg.matches(of: #/ (?:x1|x2|x|cx|width)="([^"]*)"/#) {
        let number = Double(match.output.1)
        #expect(number.map { (0...120).contains($0) } == true, "\(bar.svg)")
      }
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

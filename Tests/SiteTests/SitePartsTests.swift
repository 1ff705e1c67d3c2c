import Documents
import TestSupport
import Testing

@testable import Site

/// Links, numbers, tables and state of a site.
@Suite struct SitePartsTests {
  @Test func linksAreChangedOnceAndEscaped() {
    let html = "<p><a href=\"a.md\">a</a> href=&quot;b&quot; <a href=\"x?y&amp;z\">c</a> <a href=\"gone\">d</a></p>"
    let changed = PageLinks.changed(html) { $0 == "gone" ? nil : $0 == "a.md" ? "a.html#\"" : $0 }
    #expect(
      changed
        == "<p><a href=\"a.html#&quot;\">a</a> href=&quot;b&quot; <a href=\"x?y&amp;z\">c</a> <a>d</a></p>")
  }

  @Test(arguments: [
    ("../a.md", "docs", "a.md"), ("./b/../c.md", "", "c.md"), ("x/y", "docs/z", "docs/z/x/y"),
  ])
  func pathsStayInTheProject(_ address: String, _ folder: String, _ path: String) {
    #expect(PageLinks.path(address, from: folder) == path)
    #expect(PageLinks.path("../../a", from: folder.isEmpty ? "" : "docs") == nil)
  }

  @Test(arguments: [
    (0.5113, ".511"), (-0.0317, "−.032"), (500, "500"), (8794, "8,794"), (0, "0"), (1.2345678, "1.235"), (-2, "−2"),
  ])
  func numbersAsReportsWriteThem(_ value: Double, _ text: String) { #expect(SiteNumber.text(value) == text) }

  @Test func smallValuesHaveTheDecimalsOfTheirIntervals() {
    #expect(SiteNumber.text(0.0001763626, lower: -0.0167, upper: 0.0192) == ".000 [−.017, .019]")
    #expect(SiteNumber.text(0.0001763626, lower: nil, upper: 0.0192) == "0.0001764")
    #expect(SiteNumber.text(0, lower: -0.25, upper: 1) == "0 [−.250, 1]")
    #expect(SiteNumber.text(2.5e-5, lower: 1e-5, upper: 4e-5) == "2.500e−5 [1.000e−5, 4.000e−5]")
  }

  @Test func textsOfTablesRunNoFormula() {
    #expect(TidyTables.csv([["=1+1", "-2", "-a", "a,\"b\"", "−3"]]) == "'=1+1,-2,'-a,\"a,\"\"b\"\"\",−3\r\n")
  }

  @Test func placesOfPages() {
    #expect(SitePage.root(of: "index.html") == "" && SitePage.root(of: "v/a/b/index.html") == "../../../")
    #expect(SitePage.address("r/a/index.html", base: "https://a.b/") == "https://a.b/r/a/")
    #expect(SitePage.address("index.html", base: "https://a.b/") == "https://a.b/")
    #expect(SitePage.address("claims.html", base: "https://a.b/") == "https://a.b/claims.html")
  }

  @Test(arguments: ["quickstart", "a.b_c-1"]) func names(_ name: String) { #expect(SiteReportReader.isName(name)) }
  @Test(arguments: ["", ".", "..", ".a", "-a", "a/b", "a b", "ä", "a\"", String(repeating: "a", count: 101)])
  func noNames(_ name: String) { #expect(!SiteReportReader.isName(name)) }

  @Test func committedReportsAreRead() throws {
    var reader = SiteReportReader(folder: "\(checkout)/reports/audit-lpzero", id: "audit-lpzero")
    let read = reader.read()
    let report = try #require(read, "\(reader.problems)")
    #expect(report.title.hasPrefix("Audit: LPZero") && report.version == "0.1.0" && report.edition.hasPrefix("0.1.0-"))
    #expect(report.figures.first?.name == "scores" && report.figures.map(\.number) == Array(1...report.figures.count))
    let statements = SiteStatement.all(of: report)
    #expect(statements.count == 5 && statements.filter { $0.parts.verdict == .holds }.count == 3)
    #expect(statements.map(\.parts.words).contains("7 of 8 hold, 1 cannot be told"))
    #expect(Badge.json(statements)["message"] == "3 hold · 2 undecided")
    #expect(report.opening.contains("LPZero tells two layers from four"))
    #expect(report.datasets.contains("lpzero2024/bert"))
    #expect(report.corrections.count >= 3 && report.corrections.allSatisfy { $0.hasPrefix("2026-") })
    #expect(report.captions["flexibert"]?.hasPrefix("Table ") == true)
    let tests = SiteMetricTest.all(of: report)
    #expect(
      tests.contains { $0.section == "flexibert" && $0.column == "lpzero" && $0.tau?.text == ".511 [.475, .544]" })
  }
}

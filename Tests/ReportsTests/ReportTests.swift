import Documents
import Figures
import Files
import Foundation
import Testing

@testable import Reports

private let checkout = FileSystem.folder(of: FileSystem.folder(of: FileSystem.folder(of: #filePath)))
private let hostile = "<script>alert(1)</script>|`]](x)&\"'\u{1}\n=cmd"

@Suite struct ReportTests {
  private func document(rows: Int = 2) -> ReportDocument {
    let svg = Array(
      ##"<?xml version="1.0"?><svg role="img" aria-labelledby="title description" width="9pt"><title id="title">t</title><g id="i0" style="fill:rgb(12.157%,13.725%,15.686%)"/><use href="#i0" fill="url(#i1)"/></svg>"##
        .utf8)
    let dark = Array(
      String(decoding: svg, as: UTF8.self).replacing("12.157%,13.725%,15.686%", with: "90.196%,92.941%,95.294%").utf8)
    let table = ReportTable(
      name: "numbers", caption: "Numbers of [@someone2020]", columns: [.init(hostile), .init("τ-b", isNumeric: true)],
      rows: (0..<rows).map { [.init("\(hostile) \($0)"), .init("−.372", value: .number(-0.3715))] }, notes: ["A note."])
    return ReportDocument(
      id: "r", title: hostile, summary: "A summary.",
      cells: [
        .prose(
          "## First\n\nText by [@someone2020] with <b>html</b> and [a link](javascript:alert(1)).\n\n## Second\n\n1 < 2"
        ),
        .figure(
          ReportFigure(
            name: "plot", caption: "A caption", altText: hostile, lightSVG: svg, darkSVG: dark, pdf: [1], png: [2],
            tooltips: [Tooltip(center: Point(1, 2), radius: 3, text: hostile)], data: table)),
        .table(table),
      ],
      references: [
        BibliographyEntry(
          key: "someone2020", fields: ["author": "Ann One and Bo Two", "year": "2020", "title": hostile])
      ],
      provenance: [ProvenanceItem("version", hostile)], results: ["a": 1.5])
  }

  private func rendered(_ document: ReportDocument) throws -> [String: String] {
    let files = try ReportWriter.render(document, templates: TemplateSet(folders: ["\(checkout)/templates"])).files
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  @Test func everyFileIsThere() throws {
    #expect(
      try rendered(document()).keys.sorted() == [
        "comment.md", "figures/plot-dark.svg", "figures/plot.csv", "figures/plot.pdf", "figures/plot.png",
        "figures/plot.svg",
        "index.html", "provenance.json", "report.md", "results.json", "summary.md", "tables/numbers.csv",
        "tables/numbers.json",
        "tables/numbers.tex",
      ])
  }

  @Test func dataNeverBecomesMarkup() throws {
    let files = try rendered(document())
    let page = try #require(files["index.html"])
    #expect(!page.contains("<script>alert") && !page.contains("javascript:") && !page.contains("<b>html"))
    #expect(page.components(separatedBy: "<script>").count == 2)
    let markdown = try #require(files["report.md"])
    #expect(!markdown.contains("<script>"))
    let row = try #require(markdown.split(separator: "\n").first { $0.hasPrefix("| \\<script") })
    #expect(row.replacing("\\|", with: "").count(where: { $0 == "|" }) == 3)
    #expect(files["tables/numbers.tex"]?.contains("$-$.372") == true)
  }

  @Test func thePageLoadsNothingAndFollowsTheTheme() throws {
    let page = try #require(rendered(document())["index.html"])
    #expect(!page.contains("src=") && !page.contains("http-equiv=\"refresh\"") && page.contains("default-src 'none'"))
    #expect(page.contains("light-dark(#1f2328,#e6edf3)"))
    #expect(page.contains("id=\"f1-i0\"") && page.contains("href=\"#f1-i0\"") && page.contains("url(#f1-i1)"))
    #expect(page.contains("aria-labelledby=\"f1-title f1-description\"") && page.contains("data-tip="))
    #expect(page.contains("<h2 id=\"section-1\">First</h2>") && page.contains("href=\"#section-2\""))
  }

  @Test func shortFormsKeepWithinTheirLimits() throws {
    let files = try rendered(document(rows: 5000))
    let comment = try #require(files["comment.md"])
    #expect(comment.utf8.count <= 65_536 && comment.contains("Shortened") && comment.contains("Text by"))
    #expect(try #require(files["summary.md"]).utf8.count <= 1 << 20)
    #expect(try rendered(document())["comment.md"]?.contains("Shortened") == false)
  }

  @Test func unknownCitationsFail() {
    var broken = document()
    broken.cells = [.prose("[@nobody]")]
    #expect(throws: ReportError.unknownCitation("nobody")) { try self.rendered(broken) }
  }

  @Test func tablesInEveryFormat() throws {
    let table = ReportTable(
      name: "t", caption: "C_1", columns: [.init("a,b"), .init("n", isNumeric: true)],
      rows: [[.init("x\"y"), .init("1.5", value: 1.5)]])
    #expect(TableExport.text(table, .csv) == "\"a,b\",n\r\n\"x\"\"y\",1.5\r\n")
    #expect(TableExport.text(table, .markdown) == "| a,b | n |\n| --- | ---: |\n| x\"y | 1.5 |\n")
    #expect(TableExport.text(table, .latex).contains("\\toprule") && TableExport.text(table, .latex).contains("C\\_1"))
    #expect(TableExport.json(table)["rows"]?.elements?.first?.elements == ["x\"y", 1.5])
  }

  @Test func bibliographies() throws {
    let text =
      "@article{a2020,\n author = {Jane van Doe and {Group of} Two and Third, X},\n title = \"On {N}AS\", year = 2020}\n"
    let entry = try #require(Bibliography.parse(Array(text.utf8), file: "b").first)
    #expect(entry.shortName == "Doe et al. (2020)" && entry.fields["title"] == "On NAS")
    #expect(try Bibliography.parse(FileSystem.read("\(checkout)/data/references.bib"), file: "b").count >= 10)
    for broken in ["@a{x, title = {y", "@a{x", "@a{x, = 3}", "@a x", "@a{x,}@a{x,}"] {
      #expect(throws: (any Error).self) { try Bibliography.parse(Array(broken.utf8), file: "b") }
    }
  }

  @Test func missingTemplatesAreNamed() {
    #expect(throws: ReportError.self) { try TemplateSet(folders: ["/nowhere"]) }
  }
}

import Files
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct ReportWriterTests {
  @Test func everyFileIsThereOnceAndInOrder() throws {
    let files = try ReportWriter.render(SampleReport.document(), templates: SampleReport.templates()).files
    let figures = ["other", "plot"].flatMap { name in [".csv", ".pdf", ".png", ".svg"].map { name + $0 } }
    #expect(
      files.map(\.path) == ["comment.md", "digests.txt"] + figures.map { "figures/" + $0 } + [
        "index.html", "provenance.json", "report.md", "results.json", "summary.md", "tables/numbers.csv",
        "tables/numbers.json", "tables/numbers.tex",
      ])
    #expect(files.first { $0.path == "figures/plot.svg" }?.bytes == Array(SampleReport.svg.utf8))
  }

  @Test func sameDocumentSameBytes() throws {
    let one = try ReportWriter.render(SampleReport.document(), templates: SampleReport.templates()).files
    let other = try ReportWriter.render(SampleReport.document(), templates: SampleReport.templates()).files
    #expect(one.map(\.bytes) == other.map(\.bytes))
  }

  @Test(arguments: ["", "..", "../x", "a/b", "a b", "-x", ".x", "x\"", "ü", QuotedText(repeating: "x", 129)])
  func namesThatCannotBeFilesAreRefused(name: QuotedText) throws {
    let name = name.text
    var document = SampleReport.document()
    for cell in [ReportContent.table(SampleReport.table(name)), .figure(SampleReport.figure(name))] {
      document.cells = [cell]
      #expect(
        throws: ReportError.part(name: name, reason: "the name cannot be a file's; use letters, digits and hyphens")
      ) {
        try ReportWriter.render(document, templates: SampleReport.templates())
      }
    }
  }

  @Test func everyOtherFileHasItsDigest() throws {
    let files = try ReportWriter.render(SampleReport.document(), templates: SampleReport.templates()).files
    let list = try #require(files.first { $0.path == "digests.txt" })
    let lines = String(decoding: list.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      lines
        == files.filter { $0.path != "digests.txt" }.map {
          "\(SHA256.hexDigest($0.bytes)) \($0.bytes.count) \($0.path)"
        })
  }

  @Test func twoPartsCannotShareAFile() throws {
    var document = SampleReport.document()
    document.cells = [.figure(SampleReport.figure("a")), .figure(SampleReport.figure("a"))]
    #expect(throws: ReportError.self) { try ReportWriter.render(document, templates: SampleReport.templates()) }
  }

  @Test func raggedRowsAreRefusedNotRead() throws {
    var document = SampleReport.document()
    var table = SampleReport.table()
    table.rows[1].append(.init("one too many"))
    document.cells = [.table(table)]
    #expect(
      throws: ReportError.part(name: "numbers", reason: "row 2 has 4 cells where the table has 3 columns")
    ) { try ReportWriter.render(document, templates: SampleReport.templates()) }
    for format in TableExport.Format.allCases { #expect(!TableExport.text(table, format).isEmpty) }
  }

  @Test func measurementsAreFilesThatThePageLinksTo() throws {
    var document = SampleReport.document()
    let plain = try SampleReport.rendered(document)
    func table(_ columns: [String], _ rows: [[ReportTable.Cell]]) -> ReportTable {
      ReportTable(name: "fresh", caption: "", columns: columns.map { .init($0) }, rows: rows)
    }
    document.measurements = [
      ReportMeasurement(
        name: "fresh", settings: ["seeds": [0]],
        runs: table(
          ["architecture", "alpha"], [[.init("a"), .init("x", value: 0.1)], [.init("b"), .init("", value: .null)]]),
        undefined: table(["architecture", "reason"], [[.init("b"), .init("zero, or so")]]))
    ]
    let files = try SampleReport.rendered(document)
    #expect(files["measurements/fresh.csv"] == "architecture,alpha\r\na,0.1\r\nb,\r\n")
    #expect(files["measurements/fresh-undefined.csv"] == "architecture,reason\r\nb,\"zero, or so\"\r\n")
    #expect(files["measurements/fresh.json"] == "{\n  \"seeds\": [\n    0\n  ]\n}\n")
    let links =
      "[CSV](measurements/fresh.csv), [undefined values](measurements/fresh-undefined.csv), "
      + "[settings](measurements/fresh.json)"
    let row = "| measurements fresh | \(links) |\n"
    #expect(files["report.md"]?.contains(row) == true && plain["report.md"]?.contains("measurements fresh") == false)
    #expect(files["index.html"]?.contains("<a href=\"measurements/fresh.csv\">CSV</a>") == true)
    #expect(files["summary.md"] == plain["summary.md"] && files["results.json"] == plain["results.json"])
    #expect(plain.keys.allSatisfy { !$0.hasPrefix("measurements/") } && files.count == plain.count + 3)
    document.measurements[0].name = "../x"
    #expect(throws: ReportError.self) { try SampleReport.rendered(document) }
  }

  @Test func emptyReports() throws {
    let document = SampleReport.document()
    let empty = ReportDocument(
      id: "e", title: "", summary: nil, cells: [], references: [], provenance: [], results: .null)
    let files = try SampleReport.rendered(empty)
    #expect(files["index.html"]?.contains("References") == false && files["report.md"]?.contains("References") == false)
    #expect(files["results.json"] == "null\n" && document.cells.count == 5)
  }
}

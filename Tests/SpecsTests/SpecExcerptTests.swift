import Diagnostics
import Documents
import Sections
import Testing

@testable import Specs

@Suite struct SpecExcerptTests {
  private static let text = """
    analysis: a
    title: A
    imprint: {date: DAY, home: HOME}
    datasets:
      cells: {use: set/space}
    target: {dataset: cells, column: loss}
    correlations:
      main:
        metrics: [alpha]  # the first

        baselines: [width]
      # of the next
      other: {metrics: [alpha],
        baselines: [width]}
    report:
      - lead:
          text: |
            One.
          figure: {forest: main, name: opening}
      - figure:
          forest: main
          name: plain
      - table: other
      - table: data
    """

  private func parsed(day: String = "\"2026-11-29\"", home: String = "../") throws(DiagnosticsError) -> Analysis {
    try SectionCatalog.language.parse(
      Array(Self.text.replacing("DAY", with: day).replacing("HOME", with: home).utf8), file: "a.yaml")
  }

  private func excerpts(_ analysis: Analysis) -> [SpecExcerpt] {
    analysis.report.compactMap { cell in
      switch cell {
      case .figure(let figure): analysis.excerpt(from: figure.from.value, at: figure.from.location)
      case .table(let table): analysis.excerpt(from: table.from.value, at: table.from.location)
      case .text, .claim, .finding: nil
      }
    }
  }

  @Test func theLinesOfAPartAndOfItsCell() throws {
    let found = excerpts(try parsed())
    let main = [
      "correlations:", "  main:", "    metrics: [alpha]  # the first", "  ", "    baselines: [width]", "report:",
    ]
    #expect(found[0].lines.prefix(3) == main.prefix(3)[...])
    #expect(found[0].lines.suffix(2) == ["report:", "  figure: {forest: main, name: opening}"])
    #expect(found[0].path == "correlations.main" && found[2].path == "correlations.other")
    #expect(found[1].lines.suffix(4) == ["report:", "  - figure:", "      forest: main", "      name: plain"])
    #expect(
      found[2].lines == [
        "correlations:", "  other: {metrics: [alpha],", "    baselines: [width]}", "report:", "  - table: other",
      ])
    #expect(found[3].lines == ["report:", "  - table: data"] && found[3].path == nil)
  }

  @Test func longPartsAreCut() throws {
    let lines = (0..<100).map { "    # \($0)\n" }.joined()
    let text = Self.text.replacing("DAY", with: "\"2026-11-29\"").replacing("HOME", with: "x")
      .replacing("    metrics: [alpha]  # the first\n", with: "    metrics: [alpha]\n" + lines)
    let found = excerpts(try SectionCatalog.language.parse(Array(text.utf8), file: "a.yaml"))
    #expect(found[0].lines.count == SpecExcerpt.limit + 3 && found[0].lines[40].hasSuffix("lines more"))
  }

  @Test func aLeadIsATextAndTheFigureBesideIt() throws {
    let report = try parsed().report
    guard case .text(let text) = report[0], case .figure(let figure) = report[1], case .figure(let plain) = report[2]
    else {
      Issue.record("\(report)")
      return
    }
    #expect(text.value == "One.\n" && figure.isBesideText && figure.name.value == "opening" && !plain.isBesideText)
  }

  @Test(arguments: ["\"2026-02-29\"", "\"2026-13-01\"", "today", "\"2026-1-1\"", "\"20260-1-11\""])
  func daysThatAreNoneAreReported(day: String) throws {
    #expect { try parsed(day: day) } throws: { error in
      (error as? DiagnosticsError)?.diagnostics.map(\.id) == ["bad-date"]
    }
  }

  @Test(arguments: ["javascript:alert(1)", "//h", "data:x"])
  func homesThatAreNoPlaceAreReported(home: String) throws {
    #expect { try parsed(home: "\"\(home)\"") } throws: { error in
      (error as? DiagnosticsError)?.diagnostics.map(\.id) == ["bad-address"]
    }
  }
}

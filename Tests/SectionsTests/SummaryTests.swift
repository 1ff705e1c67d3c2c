import Documents
import Outcomes
import Reports
import Specs
import Tables
import Testing

@testable import Sections

@Suite struct SummaryTests {
  private func part(_ columns: [Located<String>]) -> SummaryPart {
    SummaryPart(
      spec: SummarySpec {
        $0.name = "groups"
        $0.dataset = "rows"
        $0.groupBy = ["depth"]
        $0.columns = columns
      })
  }

  private let known = KnownTable(
    name: "rows",
    columns: [
      ColumnSchema(name: "depth", type: .integer, title: "Depth"),
      ColumnSchema(name: "score", type: .real, title: "Score"),
    ])

  private static func values(
    _ n: Int, _ mean: Double, sd: Double?, maximum: GroupSummary.ExactNumber
  ) -> Outcome<GroupSummary.Values> {
    .success(
      .init(
        n: n, mean: .init(mean), sd: sd, minimum: .init(1), lowerQuartile: .init(1.25), median: .init(2),
        upperQuartile: .init(2.5), maximum: maximum))
  }

  private let results = NamedValues([
    (
      "4",
      GroupSummary(
        group: ["4"], n: 1200, columns: NamedValues([("score", values(1100, 1.75, sd: 0.5, maximum: .init(1e6)))]))
    ),
    (
      "6", GroupSummary(group: ["6"], n: 1, columns: NamedValues([("score", values(1, 2, sd: nil, maximum: .init(2)))]))
    ),
    (
      "undefined",
      GroupSummary(
        group: ["undefined"], n: 2, columns: NamedValues([("score", .failure(Reason("there are no values")))]))
    ),
  ])

  private var outputs: MadeOutputs { MadeOutputs(["summary/groups": results]) }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(results)
    try expectRoundTrip(
      [
        Self.values(2, 9.5, sd: 0.5, maximum: .whole(9_007_199_254_740_993)),
        Self.values(2, 1e300, sd: 0, maximum: .init(-0.5)),
      ])
  }

  @Test func valuesStandUnderGroupsAndColumns() throws {
    let values = try part(["score"]).values(outputs.inputs)
    #expect(
      values["6"]?.text()
        == #"{"group":["6"],"n":1,"score":{"n":1,"mean":2,"sd":null,"minimum":1,"lower-quartile":1.25,"median":2,"#
        + #""upper-quartile":2.5,"maximum":2}}"#)
    #expect(values["undefined"]?["score"]?.text() == #"{"undefined":"there are no values"}"#)
  }

  @Test func aTableHasARowForEachGroup() throws {
    let table = try part(["score"]).table(TableSpec(), outputs.context([known]))
    #expect(
      table.texts == [
        ["Depth", "n", "mean", "SD", "median", "minimum", "maximum"],
        ["4", "1,100", "1.750", "0.5000", "2", "1", "1,000,000"],
        ["6", "1", "2.000", "–", "2", "1", "2"],
        ["undefined", "–", "–", "–", "–", "–", "–"],
      ])
    #expect(table.caption == "Score in groups." && table.rows[0][0].value == 4)
    let several = try part(["score", "loss"]).table(TableSpec(), outputs.context([known]))
    #expect(several.columns.map(\.title)[2...3] == ["mean", "SD"])
    let head = TableExport.text(several, .csv).prefix { $0 != "\r\n" }
    #expect(head.hasPrefix("Depth,Score: n,Score: mean,Score: SD,") && head.contains(",loss: n,loss: mean,"))
  }

  @Test func aFigureHasMeansWithTheirSpread() throws {
    let spec = FigureSpec { $0.kind = .groups }
    let part = part(["score"])
    let figure = try part.figure(FigureSource(spec, of: part, tables: [known], analysis: "A"), outputs.inputs)
    #expect(figure.data.rows.count == 3 && figure.data.rows[0].contains(.number(1.25)))
    #expect(figure.data.rows[1].contains(.number(2)) && figure.description.contains("by depth"))
  }
}

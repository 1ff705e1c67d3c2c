import Datasets
import Documents
import Testing

@testable import Measurements
@testable import Runner

/// What steps say of tables and figures is read as it was written, under the names that prose and exports use.
struct RecordTests {
  private static let report = ImportReport(
    rowsRead: 7, rowsKept: 5, skipped: [.init(reason: "too few cells", count: 2, examples: ["a.csv:3", "a.csv:4"])])

  @Test(arguments: [
    (
      TableRecord.Origin.read(report),
      #""rows-read":7,"rows-kept":5,"skipped-count":2,"skipped":[{"reason":"too few cells","count":2,"#
        + #""examples":["a.csv:3","a.csv:4"]}],"repaired-count":0,"repaired":[],"missing":[],"#
    ),
    (
      .measured(
        MeasuredReport(
          rowsRead: 9, architectures: 8, seeds: 2, batches: 1, undefinedArchitectures: 1, skippedCount: 1,
          skipped: [], missing: [])),
      #""rows-read":9,"architectures":8,"seeds":2,"batches":1,"undefined-architectures":1,"#
        + #""skipped-count":1,"skipped":[],"missing":[],"#
    ),
    (.runs, ""),
  ])
  func tables(_ origin: TableRecord.Origin, _ members: String) throws {
    let record = TableRecord(
      source: .init(title: "Cells"), origin: origin, rows: 5, leftOut: 6,
      joins: NamedValues([("losses", JoinRecord(unmatched: 1, kept: false))]),
      conditions: [ConditionRecord(condition: "loss defined", leftOut: 3)], clusters: 4,
      missingTargets: .init(counts: NamedValues([("loss", 3)])))
    let json = try JSONValue(encoding: record)
    #expect(
      json.text()
        == #"{"title":"Cells",\#(members)"rows":5,"left-out":6,"joins":{"losses":{"unmatched":1,"kept":false}},"#
        + #""conditions":[{"condition":"loss defined","left-out":3}],"clusters":4,"#
        + #""loss-missing":3}"#)
    #expect(try json.decoded(as: TableRecord.self) == record)
  }

  @Test func figures() throws {
    let record = FigureRecord(
      title: "Scores", description: "Points.", width: 300, height: 200,
      tooltips: [.init(x: 1, y: 2, r: 3, text: "a cell")], missingSigns: ["U+2603"], columns: ["name", "score"],
      rows: [["a", 0.5], ["b", .null]], coefficients: ["Kendall τ-b"])
    #expect(try JSONValue(encoding: record).decoded(as: FigureRecord.self) == record)
  }
}

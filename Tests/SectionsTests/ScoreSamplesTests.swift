import Documents
import Outcomes
import Specs
import Tables
import Testing

@testable import Sections

@Suite struct ScoreSamplesTests {
  private func part(target: ResolvedTarget?) -> ScoreSamplesPart {
    ScoreSamplesPart(
      spec: ScoreSamplesSpec {
        $0.name = "samples"
        $0.title = "Samples"
      }, columns: ["alpha", "beta"].map { ColumnSchema(name: $0, type: .real, title: $0.uppercased()) }, target: target)
  }

  private let accuracy = ResolvedTarget(dataset: "runs", column: "accuracy", title: "Accuracy", better: .higher)

  private let alpha = ScoreSamplesResults(
    architectures: 30, total: 32, fewestScores: 3, mostScores: 5, pairs: .success(435), decided: .success(87),
    decidedShare: Estimate(.success(0.2)), unbeaten: .success(2), pairsWithTarget: 400, decidedWithTarget: 80,
    agreement: Estimate(.success(0.75)), agreementOfAll: Estimate(.failure(Reason("no pair has a direction"))))
  private let beta = {
    let reason = Reason("fewer than two architectures")
    return ScoreSamplesResults(
      architectures: 1, total: 32, fewestScores: 4, mostScores: 4, pairs: .failure(reason), decided: .failure(reason),
      decidedShare: Estimate(.failure(reason)), unbeaten: .failure(reason), agreement: Estimate(.failure(reason)),
      agreementOfAll: Estimate(.failure(reason)))
  }()

  private var outputs: MadeOutputs {
    MadeOutputs(["score-samples/samples/alpha": alpha, "score-samples/samples/beta": beta])
  }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(alpha)
    try expectRoundTrip(beta)
  }

  @Test func valuesStandUnderColumnsWithTitles() throws {
    let values = try part(target: accuracy).values(outputs.inputs)
    #expect(
      values["alpha"]?.text()
        == #"{"title":"ALPHA","architectures":30,"total":32,"fewest-scores":3,"most-scores":5,"pairs":435,"decided":87,"#
        + #""decided-share":{"value":0.2},"unbeaten":2,"pairs-with-target":400,"decided-with-target":80,"#
        + #""agreement":{"value":0.75},"agreement-of-all":{"undefined":"no pair has a direction"}}"#)
    #expect(values["beta"]?["pairs"]?.text() == #"{"undefined":"fewer than two architectures"}"#)
  }

  @Test func aTableHasSharesAndReasons() throws {
    let reason = "undefined: fewer than two architectures"
    let table = try part(target: accuracy).table(TableSpec(), outputs.context())
    #expect(
      table.texts == [
        [
          "Metric", "architectures used / total", "scores each", "pairs", "decided", "unbeaten", "decided as accuracy",
          "all pairs as accuracy",
        ],
        ["ALPHA", "30 / 32", "3–5", "435", "20.0 %", "2", "75.0 %", "undefined: no pair has a direction"],
        ["BETA", "1 / 32", "4", reason, reason, reason, reason, reason],
      ])
    let alone = try part(target: nil).table(TableSpec(), outputs.context())
    #expect(alone.columns.count == 6 && alone.rows.allSatisfy { $0.count == 6 })
  }
}

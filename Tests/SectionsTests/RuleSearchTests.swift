import Documents
import Figures
import Outcomes
import Reports
import Specs
import Testing

@testable import Sections

@Suite struct RuleSearchTests {
  private typealias Spread = RuleSearchResults.Spread

  private func part(_ objective: RuleSearchSpec.Objective = .recall) -> RuleSearchPart {
    RuleSearchPart(
      spec: RuleSearchSpec {
        $0.name = "rules"
        $0.title = "The space"
        $0.objective = objective
        $0.splits = 2
        $0.conjuncts = 2
      }, target: ResolvedTarget(dataset: "space", column: "score", title: "Score", better: .higher), features: [],
      unit: nil)
  }

  private static func spread(_ value: Double) -> Outcome<Spread> {
    .success(Spread(estimate: Estimate(.success(value)), sd: nil, minimum: value, maximum: value, splits: 1))
  }

  private static func averages(_ recall: Double) -> RuleSearchResults.Averages {
    .init(
      n: 4800, score: spread(recall), share: spread(0.25), recall: spread(recall), enrichment: spread(4 * recall),
      mean: .failure(Reason("no split has a value")))
  }

  private static func measure(_ recall: Double) -> RuleSearchResults.Measure {
    .init(
      score: .success(recall), size: 1200, total: 4800, share: 0.25, recall: recall, enrichment: .success(4 * recall),
      mean: .failure(Reason("the rule keeps no row")))
  }

  private static func results(finds: Bool = true) -> RuleSearchResults {
    let found = RuleSearchResults.Found(rule: "depth == 4", conjuncts: 1, measure: measure(1))
    func place(_ share: Double, unseen: Outcome<Spread>) -> RuleSearchResults.FrontPlace {
      .init(
        greatestShare: share, splits: 1, trainingShare: spread(0.25), trainingRecall: spread(1), unseenShare: unseen,
        unseenRecall: spread(0.5))
    }
    return RuleSearchResults(
      method: "exhaustive", conditions: 12, conjunctions: 78, evaluated: 70, n: 4800, missingTarget: 0, units: 4800,
      splits: 2, splitsWithARule: 1, trainingRows: 2400, unseenRows: 2400, training: averages(1),
      unseen: averages(0.875), optimism: spread(0.125),
      chosen: NamedValues([
        ("rule-1", .init(rule: "depth == 4", conjuncts: 1, times: 1, unseenScore: .success(0.875)))
      ]), postHoc: finds ? .success(found) : .failure(Reason("no rule fits")), front: [found],
      frontOfSplits: [
        place(0.25, unseen: .failure(Reason("no split has a value"))), place(0.5, unseen: spread(0.25)),
        place(0.75, unseen: spread(0.25)),
      ],
      eachSplit: [
        .success(
          .init(
            rule: "depth == 4", conjuncts: 1, training: measure(1), unseen: measure(0.875), optimism: .success(0.125))),
        .failure(Reason("no rule fits")),
      ])
  }

  private func table(
    _ content: String, _ results: RuleSearchResults = results(), objective: RuleSearchSpec.Objective = .recall
  ) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try part(objective).table(spec, MadeOutputs(["rule-search/rules": results]).context())
  }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(Self.results())
    try expectRoundTrip(Self.results(finds: false))
  }

  /// A rule stands beside its measures, what is absent is null or has a reason.
  @Test func resultsHaveTheirPaths() throws {
    let values = try part().values(MadeOutputs(["rule-search/rules": Self.results()]).inputs)
    #expect(values.members?.first == JSONMember(key: "title", value: "The space"))
    #expect(values["splits-with-a-rule"] == 1 && values["unseen"]?["recall"]?["value"] == 0.875)
    #expect(values["unseen"]?["recall"]?["sd"] == .null)
    #expect(
      values["post-hoc"]?.text()
        == #"{"rule":"depth == 4","conjuncts":1,"score":1,"size":1200,"total":4800,"share":0.25,"recall":1,"#
        + #""enrichment":4,"mean":{"undefined":"the rule keeps no row"}}"#)
    #expect(values["each-split"]?.elements?[1] == ["undefined": "no rule fits"])
    #expect(values["chosen"]?["rule-1"]?["unseen-score"] == 0.875)
  }

  @Test func rulesHaveSeenAndUnseenScores() throws {
    let made = try table("rules")
    #expect(
      made.texts == [
        ["Rule", "times chosen", "recall, seen", "unseen", "optimism", "share kept"],
        ["mean over splits", "–", "100.0 %", "87.5 %", "12.5 %", "25.0 %"],
        ["depth == 4", "1", "–", "87.5 %", "–", "–"],
        ["depth == 4 (post hoc)", "–", "100.0 %", "–", "–", "25.0 %"],
      ])
    #expect(
      made.notes.prefix(2).map(\.source) == [
        "Looked for: the largest recall, of rules that keep at most 25 %; the top is the best 10 %. Up to 2 of 12 conditions: all 78 conjunctions.",
        "2 random splits of the rows, seed 1: the search sees 2,400 rows, 2,400 judge what it finds; each part has a top of its own.",
      ])
    let none = try table("rules", Self.results(finds: false), objective: .mean)
    #expect(none.texts[0][2] == "mean score, seen" && none.texts[1][3] == "0.8750")
    #expect(none.texts[3] == ["no rule fits (post hoc)", "–", "–", "–", "–", "–"])
  }

  @Test func splitsAndFrontsAreListed() throws {
    #expect(
      try table("splits").texts.dropFirst() == [
        ["1", "depth == 4", "100.0 %", "25.0 %", "87.5 %", "25.0 %", "12.5 %"],
        ["2", "no rule fits", "–", "–", "–", "–", "–"],
      ])
    #expect(
      try table("front").texts == [
        ["Rule", "kept", "share", "recall of the best 10 %", "enrichment", "mean score"],
        ["depth == 4", "1,200", "25.0 %", "100.0 %", "4", "undefined: the rule keeps no row"],
      ])
  }

  /// Places of splits that none has, or that are the same as the last, are left out.
  @Test func theFrontIsDrawn() throws {
    let source = FigureSource(FigureSpec { $0.kind = .front }, of: part(), tables: [], analysis: "A")
    let made = try part().figure(source, MadeOutputs(["rule-search/rules": Self.results()]).inputs)
    #expect(made.title == "Size against recall: The space")
    let (seen, unseen) = ("what the search saw, mean of 2 splits", "unseen, mean of 2 splits")
    #expect(
      made.data.rows == [
        [.text("all architectures (post hoc)"), .number(0.25), .number(1), .text("depth == 4")],
        [.text(seen), .number(0.25), .number(1), .text("")], [.text(unseen), .number(0.25), .number(0.5), .text("")],
      ])
  }
}

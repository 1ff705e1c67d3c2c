import Documents
import Outcomes
import Reductions
import Statistics

/// A rule search as a document.
struct RuleSearchRecord {
  let search: RuleSearchPart
  let rows: FeatureRows
  let made: RuleSearch
  let objective: RuleObjective
  let splits: [RuleSearch.Split]
  let whole: RuleSearch.Whole

  /// The document.
  var value: JSONValue {
    let method: JSONValue =
      switch made.method {
      case .exhaustive: "exhaustive"
      case .beam(let width): .string("beam of \(width)")
      }
    let found = splits.compactMap(\.found)
    return .record([
      "method": method, "conditions": .integer(made.conditionCount),
      "conjunctions": .integer(made.conjunctionCount), "evaluated": .integer(whole.evaluated),
      "n": .integer(rows.sample.target.count), "missing-target": .integer(rows.missing),
      "units": .integer(rows.sample.clusters.map { Set($0).count } ?? rows.sample.target.count),
      "splits": .integer(splits.count), "splits-with-a-rule": .integer(found.count),
      "training-rows": .integer(splits.first?.trainingCount ?? 0),
      "unseen-rows": .integer(splits.first?.unseenCount ?? 0),
      "training": averages(found.map(\.training)), "unseen": averages(found.map(\.unseen)),
      "optimism": Self.spread(found.compactMap { score($0.optimism(objective)) }),
      "chosen": .object(chosen), "post-hoc": postHoc,
      "front": .array(whole.front.map { .object(Self.named($0.rule) + self.measured($0.measure)) }),
      "front-of-splits": .array(frontOfSplits), "each-split": .array(splits.map(split)),
    ])
  }

  /// A score in the target's own direction: a mean has its sign again.
  private func score(_ score: Double?) -> Double? {
    guard case .mean = objective, !rows.sample.higherIsBetter else { return score }
    return score.map { -$0 }
  }

  private func measured(_ measure: RuleMeasure) -> [JSONMember] {
    [
      JSONMember(key: "score", value: Self.number(score(measure.score(objective)))),
      JSONMember(key: "size", value: .integer(measure.size)), JSONMember(key: "total", value: .integer(measure.total)),
      JSONMember(key: "share", value: .finite(measure.share)),
      JSONMember(key: "recall", value: .finite(measure.recall)),
      JSONMember(key: "enrichment", value: Self.number(measure.enrichment)),
      JSONMember(key: "mean", value: Self.number(measure.mean(higherIsBetter: rows.sample.higherIsBetter))),
    ]
  }

  private static func number(_ value: Double?) -> JSONValue {
    value.map { .finite($0) } ?? ["undefined": "the rule keeps no row"]
  }

  private static func named(_ rule: Rule) -> [JSONMember] {
    [
      JSONMember(key: "rule", value: .string(rule.text)),
      JSONMember(key: "conjuncts", value: .integer(rule.conditions.count)),
    ]
  }

  private func averages(_ measures: [RuleMeasure]) -> JSONValue {
    .record([
      "score": Self.spread(measures.compactMap { score($0.score(objective)) }),
      "share": Self.spread(measures.map(\.share)), "recall": Self.spread(measures.map(\.recall)),
      "enrichment": Self.spread(measures.compactMap(\.enrichment)),
      "mean": Self.spread(measures.compactMap { $0.mean(higherIsBetter: rows.sample.higherIsBetter) }),
    ])
  }

  /// The mean over splits with their spread; splits share rows, so there is no interval.
  private static func spread(_ values: [Double]) -> JSONValue {
    do throws(Reason) {
      let summary = try ColumnSummary(values)
      return .record([
        "value": .finite(summary.mean), "sd": summary.standardDeviation.map { .finite($0) } ?? .null,
        "minimum": .finite(summary.minimum), "maximum": .finite(summary.maximum), "splits": .integer(summary.count),
      ])
    } catch {
      return ["undefined": "no split has a value"]
    }
  }

  private var chosen: [JSONMember] {
    RuleSearch.choices(splits, objective).enumerated().map { index, choice in
      JSONMember(
        key: "rule-\(index + 1)",
        value: .object(
          Self.named(choice.rule) + [
            JSONMember(key: "times", value: .integer(choice.times)),
            JSONMember(key: "unseen-score", value: Self.number(score(choice.unseen))),
          ]))
    }
  }

  private var postHoc: JSONValue {
    guard let found = whole.found else { return ["undefined": "no rule fits"] }
    return .object(Self.named(found.rule) + measured(found.measure))
  }

  private var frontOfSplits: [JSONValue] {
    RuleSearch.shares.enumerated().compactMap { index, share in
      let found = splits.compactMap { $0.front[index] }
      guard !found.isEmpty else { return nil }
      return .record([
        "greatest-share": .number(share), "splits": .integer(found.count),
        "training-share": Self.spread(found.map(\.training.share)),
        "training-recall": Self.spread(found.map(\.training.recall)),
        "unseen-share": Self.spread(found.map(\.unseen.share)),
        "unseen-recall": Self.spread(found.map(\.unseen.recall)),
      ])
    }
  }

  private func split(_ split: RuleSearch.Split) -> JSONValue {
    guard let found = split.found else { return ["undefined": "no rule fits"] }
    return .object(
      Self.named(found.rule) + [
        JSONMember(key: "training", value: .object(measured(found.training))),
        JSONMember(key: "unseen", value: .object(measured(found.unseen))),
        JSONMember(key: "optimism", value: Self.number(score(found.optimism(objective)))),
      ])
  }
}

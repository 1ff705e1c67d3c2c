import Documents
import Outcomes
import Reductions
import Statistics

/// The rules that a search found, with their measures on architectures that it saw and on those that it did not.
struct RuleSearchResults: Codable, Sendable, Equatable {
  /// A mean over splits with their spread. Splits share rows, so that their spread alone says too little of how far off the mean
  /// is: its interval is that of `ResampledSplits`.
  struct Spread: Codable, Sendable, Equatable {
    /// The mean over the splits that have a value, with its interval where it is of rows that the search did not see.
    @Inlined var estimate: Estimate
    /// Standard deviation; nil for one split.
    @Nullable var sd: Double?
    var minimum: Double
    var maximum: Double
    /// Splits that have a value.
    var splits: Int

    /// The mean.
    var value: Double { estimate.value.value ?? 0 }
  }

  /// A rule's measures over splits.
  struct Averages: Codable, Sendable, Equatable {
    /// Rows that were split.
    var n: Int
    var score: Outcome<Spread>
    var share: Outcome<Spread>
    var recall: Outcome<Spread>
    var enrichment: Outcome<Spread>
    var mean: Outcome<Spread>
  }

  /// Measures of the rows that a rule keeps; see `RuleMeasure`.
  struct Measure: Codable, Sendable, Equatable {
    /// The value of the objective: recall, enrichment, or the mean target with its own sign.
    var score: Outcome<Double>
    /// Rows kept.
    var size: Int
    /// Rows that it was measured on.
    var total: Int
    /// The share of the rows that is kept.
    var share: Double
    /// The share of the top that is kept.
    var recall: Double
    /// Recall over the share kept.
    var enrichment: Outcome<Double>
    /// Mean target of the rows kept.
    var mean: Outcome<Double>
  }

  /// A rule found on all rows. It is written as one object, with the members of its measure.
  struct Found: Codable, Sendable, Equatable {
    var rule: String
    var conjuncts: Int
    @Inlined var measure: Measure
  }

  /// A rule that splits chose.
  struct Choice: Codable, Sendable, Equatable {
    var rule: String
    var conjuncts: Int
    /// Number of splits that chose it.
    var times: Int
    /// Its mean score on the unseen rows of these splits.
    var unseenScore: Outcome<Double>
  }

  /// The rule of one split.
  struct Split: Codable, Sendable, Equatable {
    var rule: String
    var conjuncts: Int
    var training: Measure
    var unseen: Measure
    /// Training score less unseen score.
    var optimism: Outcome<Double>
  }

  /// The rules of splits that keep at most a share of the rows, means over splits.
  struct FrontPlace: Codable, Sendable, Equatable {
    var greatestShare: Double
    /// Splits with such a rule.
    var splits: Int
    var trainingShare: Outcome<Spread>
    var trainingRecall: Outcome<Spread>
    var unseenShare: Outcome<Spread>
    var unseenRecall: Outcome<Spread>
  }

  /// `exhaustive`, or `beam of 200`.
  var method: String
  /// Conditions that select different rows.
  var conditions: Int
  /// Sets of conditions up to the longest allowed.
  var conjunctions: Int
  /// Conjunctions whose rows were counted in the search on all rows.
  var evaluated: Int
  /// Rows with a target.
  var n: Int
  /// Rows without a target, which are left out.
  var missingTarget: Int
  /// Number of clusters, or of rows when there are no clusters.
  var units: Int
  var splits: Int
  var splitsWithARule: Int
  /// Rows that the search of the first split saw.
  var trainingRows: Int
  /// Rows that the search of the first split did not see.
  var unseenRows: Int
  var training: Averages
  var unseen: Averages
  /// Training score less unseen score.
  var optimism: Outcome<Spread>
  /// The rules that splits chose, most often chosen first, as `rule-1`, `rule-2` and so on.
  var chosen: NamedValues<Choice>
  /// The best rule on all rows.
  var postHoc: Outcome<Found>
  /// The rules of the search on all rows that no other beats in both size and recall, by size.
  var front: [Found]
  /// The fronts of the splits, at shares from 5 % to 100 %.
  var frontOfSplits: [FrontPlace]
  var eachSplit: [Outcome<Split>]
}

extension RuleSearchResults {
  /// Gathers the outcomes of the splits and of the search on all rows.
  init(
    _ rows: FeatureRows, _ made: RuleSearch, _ objective: RuleObjective, _ splits: [RuleSearch.Split],
    _ whole: RuleSearch.Whole
  ) {
    let measuring = Measuring(
      sizes: (splits.first?.trainingCount ?? 0, splits.first?.unseenCount ?? 0), objective: objective,
      higherIsBetter: rows.sample.higherIsBetter, rowCount: rows.sample.target.count)
    let found = splits.compactMap(\.found)
    method =
      switch made.method {
      case .exhaustive: "exhaustive"
      case .beam(let width): "beam of \(width)"
      }
    conditions = made.conditionCount
    conjunctions = made.conjunctionCount
    evaluated = whole.evaluated
    n = rows.sample.target.count
    missingTarget = rows.missing
    units = rows.sample.clusters.map { Set($0).count } ?? rows.sample.target.count
    self.splits = splits.count
    splitsWithARule = found.count
    trainingRows = splits.first?.trainingCount ?? 0
    unseenRows = splits.first?.unseenCount ?? 0
    training = measuring.averages(found.map(\.training), isUnseen: false)
    unseen = measuring.averages(found.map(\.unseen), isUnseen: true)
    optimism = Spread.of(found.compactMap { measuring.score($0.optimism(objective)) })
    chosen = NamedValues(
      RuleSearch.choices(splits, objective).enumerated().map { index, choice in
        (
          "rule-\(index + 1)",
          Choice(
            rule: choice.rule.text, conjuncts: choice.rule.conditions.count, times: choice.times,
            unseenScore: Measuring.outcome(measuring.score(choice.unseen)))
        )
      })
    postHoc = whole.found.map { .success(measuring.found($0)) } ?? .failure(Measuring.noRule)
    front = whole.front.map { measuring.found($0) }
    frontOfSplits = RuleSearch.shares.enumerated().compactMap { index, share in
      let found = splits.compactMap { $0.front[index] }
      return found.isEmpty
        ? nil
        : FrontPlace(
          greatestShare: share, splits: found.count, trainingShare: Spread.of(found.map(\.training.share)),
          trainingRecall: Spread.of(found.map(\.training.recall)), unseenShare: Spread.of(found.map(\.unseen.share)),
          unseenRecall: Spread.of(found.map(\.unseen.recall)))
    }
    eachSplit = splits.map { split in
      guard let found = split.found else { return .failure(Measuring.noRule) }
      return .success(
        Split(
          rule: found.rule.text, conjuncts: found.rule.conditions.count, training: measuring.measure(found.training),
          unseen: measuring.measure(found.unseen),
          optimism: Measuring.outcome(measuring.score(found.optimism(objective)))))
    }
  }

  /// Turns outcomes of a search into results; scores that are means get the sign of the target back.
  private struct Measuring {
    /// Rows that each split's search sees, and rows that it does not.
    let sizes: (training: Int, unseen: Int)
    let objective: RuleObjective
    let higherIsBetter: Bool
    let rowCount: Int

    static let noRule = Reason("no rule fits")

    static func outcome(_ value: Double?) -> Outcome<Double> {
      value.map { .success($0) } ?? .failure(Reason("the rule keeps no row"))
    }

    /// The score; a mean has the sign of the target, which the search turns where lower is better.
    func score(_ score: Double?) -> Double? {
      guard case .mean = objective, !higherIsBetter else { return score }
      return score.map { -$0 }
    }

    func measure(_ made: RuleMeasure) -> Measure {
      Measure(
        score: Self.outcome(score(made.score(objective))), size: made.size, total: made.total, share: made.share,
        recall: made.recall, enrichment: Self.outcome(made.enrichment),
        mean: Self.outcome(made.mean(higherIsBetter: higherIsBetter)))
    }

    func found(_ found: RuleSearch.Whole.Found) -> Found {
      Found(rule: found.rule.text, conjuncts: found.rule.conditions.count, measure: measure(found.measure))
    }

    /// Means over splits.
    ///
    /// - Parameter isUnseen: True for rows that the search did not see: their means have intervals.
    func averages(_ measures: [RuleMeasure], isUnseen: Bool) -> Averages {
      func spread(_ values: [Double], within bounds: ClosedRange<Double>? = nil) -> Outcome<Spread> {
        Spread.of(values).map { spread in
          guard isUnseen else { return spread }
          var spread = spread
          let level = 0.95
          spread.estimate = Estimate(
            spread.estimate.value,
            interval: ResampledSplits.interval(
              values, training: sizes.training, unseen: sizes.unseen, level: level, within: bounds),
            basis: Estimate.Basis(
              n: rowCount, level: level,
              method: "corrected t interval of \(values.count) splits (Nadeau & Bengio 2003)"))
          return spread
        }
      }
      let bounds: ClosedRange<Double>? = if case .recall = objective { 0...1 } else { nil }
      return Averages(
        n: rowCount, score: spread(measures.compactMap { score($0.score(objective)) }, within: bounds),
        share: spread(measures.map(\.share), within: 0...1), recall: spread(measures.map(\.recall), within: 0...1),
        enrichment: spread(measures.compactMap(\.enrichment)),
        mean: spread(measures.compactMap { $0.mean(higherIsBetter: higherIsBetter) }))
    }
  }
}

extension RuleSearchResults.Spread {
  fileprivate static func of(_ values: [Double]) -> Outcome<Self> {
    guard let summary = try? ColumnSummary(values) else { return .failure(Reason("no split has a value")) }
    return .success(
      Self(
        estimate: Estimate(.success(summary.mean)), sd: summary.standardDeviation, minimum: summary.minimum,
        maximum: summary.maximum,
        splits: summary.count))
  }
}

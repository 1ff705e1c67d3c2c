/// Reduced search spaces, judged by one target.
package struct ReductionSpec: Sendable, Hashable {
  /// The most candidates of a part.
  package static let limit = 1000

  /// What reductions are held against at their sizes.
  package struct Against: Sendable, Hashable {
    /// The metrics; every column of role `metric` for all, none when nil.
    package var metrics: MetricSelection?
    /// The trivial baselines.
    package var baselines: [BaselineSpec]
  }

  /// How ties at a cut are broken.
  package struct Ties: Sendable, Hashable {
    /// Ways tried, 1 … 10,000; 100 by default.
    package var draws: Int
    /// Seed; 1 by default.
    package var seed: Seed
  }

  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The target; the analysis' when nil.
  package var target: TargetUse?
  /// The reductions, in order.
  package var candidates: [ReductionCandidate]
  /// What they are held against.
  package var against: Against
  /// Sizes of the top that should be kept: whole numbers ≥ 1 are counts, numbers in (0, 1) shares.
  package var top: [Double]
  /// Numbers of draws whose expected best is computed.
  package var draws: [Int]
  /// Shares of the ranking, best first, at which reductions are measured again.
  package var truncation: [Double]
  /// How intervals are made.
  package var interval: IntervalSpec
  /// How ties at a cut are broken.
  package var ties: Ties
  /// Whether all metrics and baselines are correlated with the target inside each reduction.
  package var correlations: Bool
  /// Columns that tell architectures apart of which there are replicates; none when empty.
  package var replicates: [Located<String>]
}

/// A reduced search space: the rows that meet a rule, the top of a ranking, or the top among the rows that meet a rule.
package struct ReductionCandidate: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people; made from the definition when nil.
  package var title: String?
  /// The rule; nil when every row is ranked.
  package var rule: LocatedExpression?
  /// The size of the top: a whole number ≥ 1 is a count, a number in (0, 1) a share of all rows; nil without a ranking.
  package var top: Double?
  /// The columns ranked by: the first, ties broken by the next; empty without a ranking.
  package var by: [Located<String>]
  /// Which end of the first column is better; the catalogue's when nil.
  package var better: BetterEnd?
}

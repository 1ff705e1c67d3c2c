/// Reduced search spaces, judged by one target.
public struct ReductionSpec: Sendable, Hashable {
  /// The most candidates of a part.
  public static let limit = 1000

  /// What reductions are held against at their sizes.
  public struct Against: Sendable, Hashable {
    /// The metrics; every column of role `metric` for all, none when nil.
    public var metrics: MetricSelection?
    /// The trivial baselines.
    public var baselines: [BaselineSpec]
  }

  /// How ties at a cut are broken.
  public struct Ties: Sendable, Hashable {
    /// Ways tried, 1 … 10,000; 100 by default.
    public var draws: Int
    /// Seed; 1 by default.
    public var seed: Seed
  }

  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// The target; the analysis' when nil.
  public var target: TargetUse?
  /// The reductions, in order.
  public var candidates: [ReductionCandidate]
  /// What they are held against.
  public var against: Against
  /// Sizes of the top that should be kept: whole numbers ≥ 1 are counts, numbers in (0, 1) shares.
  public var top: [Double]
  /// Numbers of draws whose expected best is computed.
  public var draws: [Int]
  /// Shares of the ranking, best first, at which reductions are measured again.
  public var truncation: [Double]
  /// How intervals are made.
  public var interval: IntervalSpec
  /// How ties at a cut are broken.
  public var ties: Ties
  /// Whether all metrics and baselines are correlated with the target inside each reduction.
  public var correlations: Bool
  /// Columns that tell architectures apart of which there are replicates; none when empty.
  public var replicates: [Located<String>]
}

/// A reduced search space: the rows that meet a rule, the top of a ranking, or the top among the rows that meet a rule.
public struct ReductionCandidate: Sendable, Hashable {
  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people; made from the definition when nil.
  public var title: String?
  /// The rule; nil when every row is ranked.
  public var rule: LocatedExpression?
  /// The size of the top: a whole number ≥ 1 is a count, a number in (0, 1) a share of all rows; nil without a ranking.
  public var top: Double?
  /// The columns ranked by: the first, ties broken by the next; empty without a ranking.
  public var by: [Located<String>]
  /// Which end of the first column is better; the catalogue's when nil.
  public var better: BetterEnd?
}

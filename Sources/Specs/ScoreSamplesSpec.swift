/// Architectures compared pair by pair by the samples of scores that they got, such as over seeds and batches.
public struct ScoreSamplesSpec: Sendable, Hashable {
  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// The dataset's name in the analysis.
  public var dataset: Located<String>
  /// Columns that tell the architectures apart.
  public var subject: [Located<String>]
  /// The columns of scores; every one of role `metric` for all.
  public var metrics: MetricSelection
  /// The column of the same dataset that the pairs are held against; nil for none.
  public var target: TargetUse?
  /// The significance level, in (0, 0.5); 0.05 by default.
  public var alpha: Double
  /// How the p-values of all pairs in both orders are adjusted; `holm` by default.
  public var adjustment: Adjustment
}

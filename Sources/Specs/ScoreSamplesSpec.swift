/// Architectures compared pair by pair by the samples of scores that they got, such as over seeds and batches.
package struct ScoreSamplesSpec: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The dataset's name in the analysis.
  package var dataset: Located<String>
  /// Columns that tell the architectures apart.
  package var subject: [Located<String>]
  /// The columns of scores; every one of role `metric` for all.
  package var metrics: MetricSelection
  /// The column of the same dataset that the pairs are held against; nil for none.
  package var target: TargetUse?
  /// The significance level, in (0, 0.5); 0.05 by default.
  package var alpha: Double
  /// How the p-values of all pairs in both orders are adjusted; `holm` by default.
  package var adjustment: Adjustment
}

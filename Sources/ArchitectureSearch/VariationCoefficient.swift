import Outcomes
import Statistics

/// How far the values of a metric vary over seeds and batches: the mean over architectures of the coefficient of variation
/// (Rumiantsev & Coates, TMLR 2025, Var_SS).
///
/// What of the coefficient is known gives variance over mean, where the usual one is standard deviation over mean: here are both,
/// with the variance of n − 1 and the magnitude of the mean. Neither is invariant to an offset of the metric.
package struct VariationCoefficient: Sendable, Hashable {
  /// The mean over architectures of s²/|mean|, in units of the metric.
  package let varianceOverMean: Double
  /// The mean over architectures of s/|mean|.
  package let deviationOverMean: Double
  /// Number of architectures.
  package let count: Int

  /// Computes both from the values of each architecture.
  ///
  /// - Throws: `Reason` without architectures, for one with fewer than two values, a mean of 0, or a value that is not finite.
  package init(_ samples: [[Double]]) throws(Reason) {
    guard !samples.isEmpty else { throw Reason("no architecture has values") }
    var (variances, deviations): ([Double], [Double]) = ([], [])
    for sample in samples {
      let summary = try ColumnSummary(sample)
      guard let deviation = summary.standardDeviation else { throw Reason("an architecture has one value") }
      guard summary.mean != 0 else { throw Reason("an architecture's values have a mean of 0") }
      variances.append(deviation * deviation / abs(summary.mean))
      deviations.append(deviation / abs(summary.mean))
    }
    guard variances.allSatisfy(\.isFinite), deviations.allSatisfy(\.isFinite) else {
      throw Reason("a coefficient of variation is not finite")
    }
    varianceOverMean = Mean.value(variances)
    deviationOverMean = Mean.value(deviations)
    count = samples.count
  }
}

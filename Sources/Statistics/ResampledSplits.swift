import ElementaryFunctions
import Outcomes

/// Intervals of means over random splits, whose parts overlap from split to split.
package enum ResampledSplits {
  /// The corrected t interval of Nadeau & Bengio (2003, Machine Learning 52, 239–281): mean ± t √((1/J + n₂/n₁) S²), J splits with
  /// the variance S² among them, n₁ rows in the training part and n₂ in the other, t the quantile with J − 1 degrees of freedom.
  ///
  /// Splits of one sample share rows, so that S²/J shrinks to nothing with their number although the sample stays as it is; n₂/n₁
  /// stands for what they share. It is an approximation, of which simulations say that it covers as it should
  /// (`trainfree-bench coverage`).
  ///
  /// - Parameters:
  ///   - values: The value of each split.
  ///   - bounds: What the values cannot leave, and so the interval is cut to; nil for none.
  package static func interval(
    _ values: [Double], training: Int, unseen: Int, level: Double, within bounds: ClosedRange<Double>? = nil
  ) -> Outcome<Interval> {
    .of { () throws(Reason) in
      guard values.count >= 2 else { throw Reason("fewer than two splits have a value") }
      guard training > 0, unseen > 0 else { throw Reason("a part has no rows") }
      guard level > 0, level < 1 else { throw Reason("the level is not between 0 and 1") }
      let count = Double(values.count)
      let summary = try ColumnSummary(values)
      let variance = values.reduce(0) { $0 + ($1 - summary.mean) * ($1 - summary.mean) } / (count - 1)
      let error = ((1 / count + Double(unseen) / Double(training)) * variance).squareRoot()
      // t² has the F distribution with 1 and J − 1 degrees of freedom.
      let quantile = FDistribution.quantile(level, 1, count - 1).squareRoot()
      guard error > 0 else { throw Reason("every split has the same value") }
      guard (quantile * error).isFinite else { throw Reason("the range of the values is too large") }
      let (lower, upper) = (summary.mean - quantile * error, summary.mean + quantile * error)
      return Interval(
        lower: max(bounds?.lowerBound ?? lower, lower), upper: min(bounds?.upperBound ?? upper, upper),
        standardError: error)
    }
  }
}

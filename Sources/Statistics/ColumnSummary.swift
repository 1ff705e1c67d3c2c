import Outcomes

/// What a column looks like.
package struct ColumnSummary: Sendable, Hashable {
  /// Number of values.
  package var count: Int
  /// Arithmetic mean.
  package var mean: Double
  /// Standard deviation with n − 1; nil for one value.
  package var standardDeviation: Double?
  /// Smallest value.
  package var minimum: Double
  /// First quartile, type 7.
  package var lowerQuartile: Double
  /// Median.
  package var median: Double
  /// Third quartile, type 7.
  package var upperQuartile: Double
  /// Largest value.
  package var maximum: Double

  /// Summarises values. The mean and the deviation lose no digits to an offset: sums are of deviations from a first mean.
  ///
  /// - Throws: `Reason` when there are none, one is not finite, or their range or deviation exceeds the largest number.
  package init(_ values: [Double]) throws(Reason) {
    guard !values.isEmpty else { throw Reason("no values") }
    guard values.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    let sorted = values.sorted()
    count = sorted.count
    let centered = CenteredColumn(sorted)
    mean = centered.mean
    standardDeviation = count > 1 ? centered.standardDeviation : nil
    minimum = sorted[0]
    maximum = sorted[count - 1]
    lowerQuartile = Quantile.linear(sorted, 0.25)
    median = Quantile.linear(sorted, 0.5)
    upperQuartile = Quantile.linear(sorted, 0.75)
    guard (maximum - minimum).isFinite, standardDeviation?.isFinite ?? true else {
      throw Reason("the range of the values is too large")
    }
  }

  /// Half the height of a box plot's notch: 1.57·IQR/√n (McGill, Tukey & Larsen 1978).
  package var notch: Double { 1.57 * (upperQuartile - lowerQuartile) / Double(count).squareRoot() }
}

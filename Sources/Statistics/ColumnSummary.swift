/// What a column looks like.
public struct ColumnSummary: Sendable, Hashable {
  /// Number of values.
  public var count: Int
  /// Arithmetic mean.
  public var mean: Double
  /// Standard deviation with n − 1; nil for one value.
  public var standardDeviation: Double?
  /// Smallest value.
  public var minimum: Double
  /// First quartile, type 7.
  public var lowerQuartile: Double
  /// Median.
  public var median: Double
  /// Third quartile, type 7.
  public var upperQuartile: Double
  /// Largest value.
  public var maximum: Double

  /// Summarises values. The mean and the deviation lose no digits to an offset: sums are of deviations from a first mean.
  ///
  /// - Throws: `Undefined` when there are none, one is not finite, or their range or deviation exceeds the largest number.
  public init(_ values: [Double]) throws(Undefined) {
    guard !values.isEmpty else { throw Undefined("no values") }
    guard values.allSatisfy(\.isFinite) else { throw Undefined("a value is not finite") }
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
      throw Undefined("the range of the values is too large")
    }
  }

  /// Half the height of a box plot's notch: 1.57·IQR/√n (McGill, Tukey & Larsen 1978).
  public var notch: Double { 1.57 * (upperQuartile - lowerQuartile) / Double(count).squareRoot() }
}

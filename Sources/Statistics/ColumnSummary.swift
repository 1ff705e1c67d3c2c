import ElementaryFunctions
import Outcomes

/// Count, mean, standard deviation, extremes and quartiles of a column, in the column's units.
///
/// Quartiles are of Hyndman & Fan's type 7 (`Quantile.linear`).
package struct ColumnSummary: Sendable, Hashable {
  /// Number of values.
  package var count: Int
  /// Arithmetic mean.
  package var mean: Double
  /// Standard deviation with n − 1; nil for one value.
  package var standardDeviation: Double?
  package var minimum: Double
  /// First quartile.
  package var lowerQuartile: Double
  package var median: Double
  /// Third quartile.
  package var upperQuartile: Double
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

/// The arithmetic mean.
package enum Mean {
  /// The mean of finite values, in two passes: neither their size nor an offset costs digits, and the mean of equal values is
  /// their value. 0 without values. O(n).
  package static func value(_ values: [Double]) -> Double { CenteredColumn(values).mean }
}

/// Quantiles of sorted values.
package enum Quantile {
  /// The value (n − 1)·p places after the first, interpolated linearly (Hyndman & Fan's type 7); p is kept in 0 … 1.
  ///
  /// - Precondition: `sorted` is ascending and not empty.
  package static func linear(_ sorted: [Double], _ p: Double) -> Double {
    let place = Double(sorted.count - 1) * (p.isNaN ? 0.5 : min(1, max(0, p)))
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
  }
}

/// Kernel density estimation.
package enum KernelDensity {
  /// Gaussian kernel density at places: Σ φ((x − yᵢ)/h)/(nh), with Silverman's bandwidth h = 0.9·min(s, IQR/1.34)·n^(−1/5)
  /// (1986, formula 3.31), and s alone when the quartiles agree. O(n · places).
  ///
  /// - Throws: `Reason` for fewer than two values, values that do not differ, or one that is not finite.
  package static func density(of values: [Double], at places: [Double]) throws(Reason) -> [Double] {
    let width = try bandwidth(values)
    let scale = 1 / (Double(values.count) * width * (2 * Double.pi).squareRoot())
    return places.map { place in
      values.reduce(0) { sum, value in
        let z = (place - value) / width
        return sum + Elementary.exp(-z * z / 2)
      } * scale
    }
  }

  /// Silverman's bandwidth h, in units of the values.
  ///
  /// - Throws: `Reason` as `density(of:at:)`.
  package static func bandwidth(_ values: [Double]) throws(Reason) -> Double {
    let summary = try ColumnSummary(values)
    guard let deviation = summary.standardDeviation, deviation > 0 else { throw Reason("the values do not differ") }
    let quartiles = (summary.upperQuartile - summary.lowerQuartile) / 1.34
    let spread = quartiles > 0 ? min(deviation, quartiles) : deviation
    return 0.9 * spread * Elementary.pow(Double(values.count), -0.2)
  }
}

/// A column less its mean, multiplied so that the largest deviation is of order one: neither squares of huge or tiny
/// values nor a mean far from zero cost digits. Multipliers are powers of two, so that scaling does not round.
struct CenteredColumn {
  /// The scaled deviations, by row.
  let deviations: [Double]
  /// Factor that turns deviations into units of the values; ∞ or 0 beyond the range of numbers.
  let unit: Double
  /// The mean of the values; 0 where each group was centred by itself.
  let mean: Double

  /// Centres finite values on their mean, weighted when weights are given. O(n).
  init(_ values: [Double], weights: [Int32]? = nil) {
    let first = Self.exponent(values)
    let scaled = Self.multiplied(values, first)
    let total = weights.map { $0.reduce(0.0) { $0 + Double($1) } } ?? Double(values.count)
    func mean(_ terms: [Double]) -> Double {
      guard total > 0 else { return 0 }
      guard let weights else { return terms.reduce(0, +) / total }
      return zip(terms, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / total
    }
    let roughMean = mean(scaled)
    let rough = scaled.map { $0 - roughMean }
    let rest = mean(rough)
    let exact = rough.map { $0 - rest }
    let second = Self.exponent(exact)
    deviations = Self.multiplied(exact, second)
    unit = Double(sign: .plus, exponent: -first - second, significand: 1)
    self.mean = (roughMean + rest) * Double(sign: .plus, exponent: -first, significand: 1)
  }

  /// Centres finite values on the mean of their group; all groups are multiplied by the same number. O(n).
  ///
  /// - Precondition: Every row is in one group.
  init(_ values: [Double], groups: [[Int]]) {
    let first = Self.exponent(values)
    var centered = Self.multiplied(values, first)
    for rows in groups {
      // The second mean takes away what rounding left of the first.
      for _ in 0..<2 {
        let mean = rows.reduce(0) { $0 + centered[$1] } / Double(max(1, rows.count))
        for row in rows { centered[row] -= mean }
      }
    }
    let second = Self.exponent(centered)
    deviations = Self.multiplied(centered, second)
    unit = Double(sign: .plus, exponent: -first - second, significand: 1)
    mean = 0
  }

  /// √(Σ d²/(n − 1)) of the deviations, in units of the values; not finite beyond the range of numbers.
  ///
  /// - Precondition: Without weights and groups, and at least two values.
  var standardDeviation: Double {
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    return (squares / Double(deviations.count - 1)).squareRoot() * unit
  }

  /// The exponent of the power of two that brings the largest magnitude to 1 … 2, or nearer to it when it is subnormal.
  private static func exponent(_ values: [Double]) -> Int {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 && largest.isFinite ? min(1023, -largest.exponent) : 0
  }

  private static func multiplied(_ values: [Double], _ exponent: Int) -> [Double] {
    guard exponent != 0 else { return values }
    let factor = Double(sign: .plus, exponent: exponent, significand: 1)
    return values.map { $0 * factor }
  }
}

/// A column less its mean, multiplied so that the largest deviation is of order one: neither squares of huge or tiny
/// values nor a mean far from zero cost digits. Multipliers are powers of two, so that scaling does not round.
struct CenteredColumn {
  /// The scaled deviations, by row.
  let deviations: [Double]

  /// Centres finite values on their mean, weighted when weights are given. O(n).
  init(_ values: [Double], weights: [Int32]? = nil) {
    let scaled = Self.scaled(values)
    let total = weights.map { $0.reduce(0.0) { $0 + Double($1) } } ?? Double(values.count)
    func mean(_ terms: [Double]) -> Double {
      guard total > 0 else { return 0 }
      guard let weights else { return terms.reduce(0, +) / total }
      return zip(terms, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / total
    }
    let first = mean(scaled)
    let rough = scaled.map { $0 - first }
    let rest = mean(rough)
    deviations = Self.scaled(rough.map { $0 - rest })
  }

  /// Values times the power of two that brings the largest magnitude to 1 … 2, or nearer to it when it is subnormal.
  private static func scaled(_ values: [Double]) -> [Double] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return values }
    let factor = Double(sign: .plus, exponent: min(1023, -largest.exponent), significand: 1)
    return values.map { $0 * factor }
  }
}

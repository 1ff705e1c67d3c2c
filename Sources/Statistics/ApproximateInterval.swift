import ElementaryFunctions
import Outcomes

/// Intervals from Fisher's transformation, a cross-check of resampled ones. They take rows as independent: with clusters
/// they are too narrow.
package enum ApproximateInterval {
  /// tanh(artanh θ̂ ± z·SE), with SE √(.437/(n − 4)) for Kendall's τ-b and √((1 + ρ²/2)/(n − 3)) for Spearman's ρ (Bonett &
  /// Wright 2000, who advise |τ| < .8 and |ρ| < .95), 1/√(n − 3) for Pearson's r (Fisher 1921). The interval's standard
  /// error is SE·(1 − θ̂²).
  ///
  /// - Throws: `Reason` for other coefficients, fewer than five rows, a value of ±1 or beyond, or a level that is not
  ///   between 0 and 1.
  package static func interval(
    _ coefficient: Coefficient, value: Double, count: Int, level: Double = 0.95
  ) throws(Reason) -> Interval {
    guard level > 0, level < 1 else { throw Reason("the level is not between 0 and 1") }
    let variance = try transformedVariance(coefficient, value: value, count: count)
    let half = Normal.quantile((1 + level) / 2) * variance.squareRoot()
    guard half.isFinite else { throw Reason("the level is too near to 1") }
    let center = Elementary.atanh(value)
    return Interval(
      lower: Elementary.tanh(center - half), upper: Elementary.tanh(center + half),
      standardError: variance.squareRoot() * (1 - value * value)
    )
  }

  /// The variance of artanh θ̂.
  ///
  /// - Throws: `Reason` as `interval` does.
  static func transformedVariance(
    _ coefficient: Coefficient, value: Double, count: Int
  ) throws(Reason) -> Double {
    guard count >= 5 else { throw Reason("fewer than five rows") }
    guard abs(value) < 1 else { throw Reason("Fisher's transformation has no value at ±1") }
    switch coefficient {
    case .kendallTauB: return 0.437 / (Double(count) - 4)
    case .spearman: return (1 + value * value / 2) / (Double(count) - 3)
    case .pearson: return 1 / (Double(count) - 3)
    default: throw Reason("no approximate standard error is known for \(coefficient.title)")
    }
  }
}

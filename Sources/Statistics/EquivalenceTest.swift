import ElementaryFunctions
import Outcomes

/// Two one-sided tests of whether a coefficient is practically nothing (TOST; Schuirmann 1987, Lakens 2017): with a margin
/// m stated beforehand, θ ≤ −m and θ ≥ m are both to be rejected.
///
/// On Fisher's scale, z = (artanh θ̂ ± artanh m) / SE with the standard errors of `ApproximateInterval`. For Pearson's r it is
/// `TOSTr` of R's TOSTER; for ρ and τ-b an approximation. Rows are taken as independent: with clusters use the interval.
package struct EquivalenceTest: Sendable, Hashable {
  /// The margin.
  package let margin: Double
  /// The test of θ ≤ −m, by its upper tail.
  package let lower: NormalTest
  /// The test of θ ≥ m, by its lower tail.
  package let upper: NormalTest

  /// Tests a coefficient.
  ///
  /// - Throws: `Reason` for a margin that is not in 0 … 1 (both excluded), and as `ApproximateInterval.interval` does.
  package init(_ coefficient: Coefficient, value: Double, count: Int, margin: Double) throws(Reason) {
    guard margin > 0, margin < 1 else { throw Reason("the margin is not between 0 and 1") }
    let variance = try ApproximateInterval.transformedVariance(coefficient, value: value, count: count)
    self.margin = margin
    lower = NormalTest((Elementary.atanh(value) + Elementary.atanh(margin)) / variance.squareRoot())
    upper = NormalTest((Elementary.atanh(value) - Elementary.atanh(margin)) / variance.squareRoot())
  }

  /// The larger of the two p-values: small when the coefficient is inside the margin.
  package var pValue: Double { max(lower.pValueGreater, upper.pValueLess) }
}

import ElementaryFunctions

/// The standard normal distribution.
package enum Normal {
  /// Φ(z) = erfc(−z/√2)/2.
  package static func cumulative(_ z: Double) -> Double { Elementary.erfc(-z / 2.0.squareRoot()) / 2 }

  /// Φ⁻¹(p) for 0 < p < 1: a rational approximation (Acklam) refined by two Halley steps; relative error about 1e-15.
  /// ∓8.3 at the ends of the range of normal use, ∓∞ for 0 and 1.
  package static func quantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    if p > 0.5 { return -quantile(1 - p) }
    var z = initial(p)
    for _ in 0..<2 {
      let error = (cumulative(z) - p) * (2 * Double.pi).squareRoot() * Elementary.exp(z * z / 2)
      z -= error / (1 + z * error / 2)
    }
    return z
  }

  private static func initial(_ p: Double) -> Double {
    func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
    if p < 0.02425 {
      let q = (-2 * Elementary.log(p)).squareRoot()
      return polynomial(
        [
          -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968,
          2.938163982698783,
        ], q)
        / polynomial([7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1], q)
    }
    let q = p - 0.5
    let r = q * q
    return polynomial(
      [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239,
      ], r)
      * q
      / polynomial(
        [
          -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
          -1.328068155288572e+01, 1,
        ], r)
  }
}

/// A statistic that is standard normal when the hypothesis holds.
package struct NormalTest: Sendable, Hashable {
  /// The statistic z.
  package let statistic: Double

  init(_ statistic: Double) { self.statistic = statistic }

  /// P(|Z| ≥ |z|).
  package var pValue: Double { min(1, 2 * Normal.cumulative(-abs(statistic))) }
  /// P(Z ≥ z): small when the value tested is greater than under the hypothesis.
  package var pValueGreater: Double { Normal.cumulative(-statistic) }
  /// P(Z ≤ z): small when it is less.
  package var pValueLess: Double { Normal.cumulative(statistic) }
}

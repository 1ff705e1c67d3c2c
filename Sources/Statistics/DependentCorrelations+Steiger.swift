import Outcomes

extension DependentCorrelations {
  /// Steiger's test (1980, equation 14) of r_jk = r_jh: z = (artanh r_jk − artanh r_jh) √(n − 3) / √(2 − 2c), where with
  /// r̄ = (r_jk + r_jh)/2 the covariance of the transformed correlations is c = (r_kh (1 − 2r̄²) − ½ r̄² (1 − 2r̄² − r_kh²)) /
  /// (1 − r̄²)². R's cocor calls it `steiger1980`.
  ///
  /// - Throws: `Reason` when c is 1, as for metrics of which one is a multiple of the other, or greater, as for
  ///   correlations that cannot occur together.
  package func steiger() throws(Reason) -> NormalTest {
    let square = (first + second) * (first + second) / 4
    let rest = 1 - square
    let numerator = between * (1 - 2 * square) - square * (1 - 2 * square - between * between) / 2
    let variance = 2 - 2 * numerator / (rest * rest)
    guard variance > 1e-12, variance.isFinite else { throw Reason("the two metrics determine each other") }
    return NormalTest(transformedDifference * (Double(count - 3) / variance).squareRoot())
  }
}

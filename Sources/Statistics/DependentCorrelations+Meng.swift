import Outcomes

extension DependentCorrelations {
  /// The test of Meng, Rosenthal & Rubin (1992, equations 1–3) of r_jk = r_jh: z = (artanh r_jk − artanh r_jh) √((n − 3) /
  /// (2 (1 − r_kh) h)), h = (1 − f m)/(1 − m) with m = (r_jk² + r_jh²)/2 and f = min(1, (1 − r_kh)/(2 (1 − m))). R's cocor
  /// calls it `meng1992`.
  ///
  /// - Throws: `Reason` when r_kh is 1.
  package func meng() throws(Reason) -> NormalTest {
    let variance = try mengVariance()
    return NormalTest(transformedDifference / variance.squareRoot())
  }

  /// Their interval of artanh r_jk − artanh r_jh (equation 4): the difference ∓ z √(2 (1 − r_kh) h / (n − 3)).
  ///
  /// - Throws: `Reason` when r_kh is 1, or for a level that is not between 0 and 1.
  package func mengInterval(level: Double = 0.95) throws(Reason) -> Interval {
    guard level > 0, level < 1 else { throw Reason("the level is not between 0 and 1") }
    let error = try mengVariance().squareRoot()
    let half = Normal.quantile((1 + level) / 2) * error
    guard half.isFinite else { throw Reason("the level is too near to 1") }
    return Interval(
      lower: transformedDifference - half, upper: transformedDifference + half, standardError: error)
  }

  private func mengVariance() throws(Reason) -> Double {
    let mean = (first * first + second * second) / 2
    let factor = min(1, (1 - between) / (2 * (1 - mean)))
    let h = (1 - factor * mean) / (1 - mean)
    let variance = 2 * (1 - between) * h / Double(count - 3)
    guard variance > 1e-15, variance.isFinite else { throw Reason("the two metrics determine each other") }
    return variance
  }
}

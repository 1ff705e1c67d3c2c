import ElementaryFunctions
import Outcomes

extension DependentCorrelations {
  /// Zou's interval of r_jk − r_jh (2007, p. 409). With l₁ … u₁ and l₂ … u₂ Fisher's intervals of r_jk and r_jh,
  ///
  /// L = r_jk − r_jh − √((r_jk − l₁)² + (u₂ − r_jh)² − 2c (r_jk − l₁)(u₂ − r_jh)),
  /// U = r_jk − r_jh + √((u₁ − r_jk)² + (r_jh − l₂)² − 2c (u₁ − r_jk)(r_jh − l₂)),
  ///
  /// c = ((r_kh − ½ r_jk r_jh)(1 − r_jk² − r_jh² − r_kh²) + r_kh³) / ((1 − r_jk²)(1 − r_jh²)). R's cocor calls it `zou2007`.
  ///
  /// - Throws: `Reason` for a level that is not between 0 and 1, or correlations that cannot occur together.
  package func zou(level: Double = 0.95) throws(Reason) -> Interval {
    guard level > 0, level < 1 else { throw Reason("the level is not between 0 and 1") }
    let half = Normal.quantile((1 + level) / 2) / Double(count - 3).squareRoot()
    guard half.isFinite else { throw Reason("the level is too near to 1") }
    let (one, other) = (first * first, second * second)
    let product = first * second
    let remainder = 1 - one - other - between * between
    let correlation =
      ((between - product / 2) * remainder + between * between * between) / ((1 - one) * (1 - other))
    guard abs(correlation) <= 1 + 1e-9 else { throw Reason("the three correlations cannot occur together") }
    func distance(_ down: Double, _ up: Double) -> Double {
      // Rounding may take what is a perfect square below 0.
      max(0, down * down + up * up - 2 * correlation * down * up).squareRoot()
    }
    func ends(_ value: Double) -> (down: Double, up: Double) {
      (value - Elementary.tanh(Elementary.atanh(value) - half), Elementary.tanh(Elementary.atanh(value) + half) - value)
    }
    let (first, second) = (ends(self.first), ends(self.second))
    return Interval(
      lower: difference - distance(first.down, second.up), upper: difference + distance(first.up, second.down))
  }
}

import ElementaryFunctions
import Outcomes

/// Two correlations that share a variable and were found on the same rows: those of a target j with the metrics k and h.
///
/// The tests take rows as independent draws from a normal distribution. For Pearson's r they are as published; with
/// Spearman's ρ in place of r they are an approximation (Myers & Sirois 2006), and with clusters of repeated rows they
/// find too much.
package struct DependentCorrelations: Sendable, Hashable {
  /// r_jk, the correlation of the first metric with the target.
  package let first: Double
  /// r_jh, the correlation of the second metric with the target.
  package let second: Double
  /// r_kh, the correlation of the two metrics with each other.
  package let between: Double
  /// Number of rows.
  package let count: Int

  /// Gathers three correlations.
  ///
  /// - Throws: `Reason` for fewer than four rows, correlations with the target of ±1 or beyond, or a correlation of the
  ///   metrics that is not in −1 … 1.
  package init(first: Double, second: Double, between: Double, count: Int) throws(Reason) {
    guard count >= 4 else { throw Reason("fewer than four rows") }
    guard abs(first) < 1, abs(second) < 1 else { throw Reason("Fisher's transformation has no value at ±1") }
    guard abs(between) <= 1 else { throw Reason("the correlation of the metrics is not in −1 … 1") }
    self.first = first
    self.second = second
    self.between = between
    self.count = count
  }

  /// r_jk − r_jh.
  package var difference: Double { first - second }

  /// artanh r_jk − artanh r_jh.
  var transformedDifference: Double { Elementary.atanh(first) - Elementary.atanh(second) }

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

import ElementaryFunctions
import Outcomes

/// The standard error of a statistic from its values without each unit, with the interval and the p-value that it gives.
///
/// With θ₍ᵢ₎ the value without unit i of g (a cluster, or a row by itself), SE² = (g − 1)/g · Σ (θ₍ᵢ₎ − θ̄₍·₎)² (Tukey 1958; Arvesen
/// 1969 for U-statistics such as Kendall's τ, whose SE² it estimates consistently, ties included; of τ and Somers' d it is what
/// DeLong, DeLong & Clarke-Pearson 1988 take for areas under curves). Nothing is drawn, so that it costs O(n log n) with the
/// closed forms of `Jackknife`.
///
/// The interval is θ̂ ± t · SE with t the quantile of Student's distribution with g − 1 degrees of freedom. A coefficient's is made
/// on Fisher's scale, tanh(atanh θ̂ ± t · SE/(1 − θ̂²)), so that it stays inside −1 … 1. Right for many units; for few, the
/// bootstrap's intervals are better, for they follow the skewness of the statistic.
struct JackknifeError: Sendable, Hashable {
  private let value: Double
  private let isCoefficient: Bool
  /// The standard error, on the statistic's scale; above 0.
  let standardError: Double
  /// The degrees of freedom: units less one.
  let freedom: Int

  /// Reason for no interval where no unit changes the value, as in a perfect order.
  static let sameEverywhere = "no unit left out changes the value"

  /// Reason for no interval of a statistic that has no values without each unit.
  static let onlyCoefficients =
    "the jackknife has intervals of coefficients and of their differences alone: set method: bca"

  /// Why a coefficient that puts its weight on a few rows has no interval.
  static func reason(_ coefficient: Coefficient) -> String {
    "\(coefficient.title) has its weight on a few rows, for which the jackknife does not hold: name a number of resamples"
  }

  /// Estimates the error.
  ///
  /// - Throws: `Reason` for fewer than three units, when over 1 % of the values are undefined, or when all are the same to 1e-14.
  init(of value: Double, without values: [Double?], isCoefficient: Bool) throws(Reason) {
    guard !values.isEmpty else { throw Reason(Self.onlyCoefficients) }
    let defined = values.compactMap(\.self)
    guard defined.count >= 3, Double(defined.count) >= 0.99 * Double(values.count) else {
      throw Reason("undefined without \(values.count - defined.count) of \(values.count) units")
    }
    // Deviations are of order 1/g: taken from the value itself they keep their digits.
    var (sum, squares) = (0.0, 0.0)
    for one in defined { sum += one - value }
    let mean = sum / Double(defined.count)
    for one in defined {
      let deviation = (one - value) - mean
      squares += deviation * deviation
    }
    let count = Double(defined.count)
    let error = ((count - 1) / count * squares).squareRoot()
    guard error > 1e-14, error.isFinite, !isCoefficient || abs(value) < 1 else { throw Reason(Self.sameEverywhere) }
    self.value = value
    self.isCoefficient = isCoefficient
    standardError = error
    freedom = defined.count - 1
  }

  /// The interval of a coverage in (0, 1).
  func interval(level: Double) -> Interval {
    let reach = FDistribution.quantile(level, 1, Double(freedom)).squareRoot() * slope * standardError
    let ends = (place - reach, place + reach)
    return Interval(
      lower: isCoefficient ? Elementary.tanh(ends.0) : ends.0, upper: isCoefficient ? Elementary.tanh(ends.1) : ends.1,
      standardError: standardError)
  }

  /// The two-sided p-value of the hypothesis that the statistic is 0: P(|T| ≥ |place|/error), which is at most 1 − level where the
  /// interval of that level leaves 0 out.
  var pValue: PValue {
    let t = abs(place) / (slope * standardError)
    let freedom = Double(freedom)
    // I of ν/(ν + t²) with the complement t²/(ν + t²), neither by a difference.
    let ratio = t * t / freedom
    return PValue(
      exact: IncompleteBeta.regularized(1 / (1 + ratio), complement: ratio / (1 + ratio), a: freedom / 2, b: 0.5))
  }

  /// The value on the scale of the interval.
  private var place: Double { isCoefficient ? Elementary.atanh(value) : value }
  /// What the standard error is multiplied with on that scale.
  private var slope: Double { isCoefficient ? 1 / ((1 - value) * (1 + value)) : 1 }
}

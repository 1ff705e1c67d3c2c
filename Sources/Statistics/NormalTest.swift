/// A statistic that is standard normal when the hypothesis holds.
package struct NormalTest: Sendable, Hashable {
  /// The statistic z.
  package let statistic: Double

  /// Holds a statistic.
  init(_ statistic: Double) { self.statistic = statistic }

  /// P(|Z| ≥ |z|).
  package var pValue: Double { min(1, 2 * Normal.cumulative(-abs(statistic))) }
  /// P(Z ≥ z): small when the value tested is greater than under the hypothesis.
  package var pValueGreater: Double { Normal.cumulative(-statistic) }
  /// P(Z ≤ z): small when it is less.
  package var pValueLess: Double { Normal.cumulative(statistic) }
}

/// A statistic that is standard normal when the hypothesis holds.
public struct NormalTest: Sendable, Hashable {
  /// The statistic z.
  public let statistic: Double

  /// Holds a statistic.
  init(_ statistic: Double) { self.statistic = statistic }

  /// P(|Z| ≥ |z|).
  public var pValue: Double { min(1, 2 * Normal.cumulative(-abs(statistic))) }
  /// P(Z ≥ z): small when the value tested is greater than under the hypothesis.
  public var pValueGreater: Double { Normal.cumulative(-statistic) }
  /// P(Z ≤ z): small when it is less.
  public var pValueLess: Double { Normal.cumulative(statistic) }
}

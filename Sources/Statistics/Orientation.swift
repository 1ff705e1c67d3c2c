/// How coefficients of several metrics are made comparable.
package enum Orientation: String, Sendable, Hashable, CaseIterable {
  /// Signed: positive when the end that a metric declares to be better goes with the target's better end.
  case declared
  /// Magnitudes, as figures without signs show them: a metric that is wrong about its direction counts as much as one that
  /// is right. Resampled magnitudes are folded at 0, so intervals of coefficients near 0 are rough.
  case magnitude

  /// A coefficient's values in this orientation.
  ///
  /// - Parameters:
  ///   - value: The signed coefficient of metric and target as they are.
  ///   - isPromisedPositive: Whether the declared directions of metric and target are the same, so that a metric that is as
  ///     good as declared has a positive coefficient.
  package func applied(to value: ResampledValue, isPromisedPositive: Bool) -> ResampledValue {
    switch self {
    case .declared: isPromisedPositive ? value : value.multiplied(by: -1)
    case .magnitude: value.magnitude
    }
  }

  /// The sign that a metric is multiplied with, ±1, so that its coefficient with the target is in this orientation.
  ///
  /// - Parameters:
  ///   - value: The signed coefficient of metric and target as they are.
  ///   - isPromisedPositive: Whether the declared directions of metric and target are the same.
  package func sign(of value: Double, isPromisedPositive: Bool) -> Double {
    switch self {
    case .declared: isPromisedPositive ? 1 : -1
    case .magnitude: value < 0 ? -1 : 1
    }
  }
}

/// The floating-point type that a network is evaluated in. Weights are drawn in single precision in both.
package enum NumericPrecision: String, Sendable, Hashable, CaseIterable {
  /// Single precision.
  case float32
  /// Double precision.
  case float64
}

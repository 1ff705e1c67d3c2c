/// Which of the two versions of the released code a value follows; they define some metrics differently.
public enum MetricProtocol: String, Sendable, Hashable, CaseIterable {
  /// The version behind `RNN_results.csv`.
  case results
  /// The version behind the ablation files.
  case notebook
}

/// The floating-point type that a network is evaluated in. Weights are drawn in single precision in both.
public enum NumericPrecision: String, Sendable, Hashable, CaseIterable {
  /// Single precision.
  case float32
  /// Double precision.
  case float64
}

/// How a bootstrap interval is made.
package struct BootstrapSettings: Sendable, Hashable {
  /// The method.
  package enum Method: String, Sendable, Hashable, CaseIterable {
    /// Bias-corrected and accelerated (Efron 1987).
    case bca
    /// Percentiles of the resampled values.
    case percentile
  }

  /// The method.
  package var method: Method
  /// Number of resamples, 2 … 10,000,000.
  package var resamples: Int
  /// Seed of the resamples.
  package var seed: UInt64
  /// Coverage, in (0, 1).
  package var level: Double

  /// Creates settings.
  package init(method: Method = .bca, resamples: Int = 9999, seed: UInt64 = 1, level: Double = 0.95) {
    self.method = method
    self.resamples = resamples
    self.seed = seed
    self.level = level
  }

  /// Why no interval can be made with these settings; nil when one can.
  var fault: String? {
    guard (2...10_000_000).contains(resamples) else { return "the number of resamples is not in 2 … 10,000,000" }
    guard level > 0, level < 1 else { return "the level is not between 0 and 1" }
    return nil
  }
}

/// An interval of a coefficient.
package struct Interval: Sendable, Hashable {
  /// Lower end.
  package var lower: Double
  /// Upper end.
  package var upper: Double
  /// Bias correction z₀; 0 for percentile intervals.
  package var bias: Double
  /// Acceleration a; 0 for percentile intervals.
  package var acceleration: Double
  /// Standard deviation of the resampled values.
  package var standardError: Double

  /// Creates an interval.
  package init(lower: Double, upper: Double, bias: Double = 0, acceleration: Double = 0, standardError: Double = 0) {
    self.lower = lower
    self.upper = upper
    self.bias = bias
    self.acceleration = acceleration
    self.standardError = standardError
  }
}

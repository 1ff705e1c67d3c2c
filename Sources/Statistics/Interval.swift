/// How a bootstrap interval is made.
public struct BootstrapSettings: Sendable, Hashable {
  /// The method.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Bias-corrected and accelerated (Efron 1987).
    case bca
    /// Percentiles of the resampled values.
    case percentile
  }

  /// The method.
  public var method: Method
  /// Number of resamples, 2 … 10,000,000.
  public var resamples: Int
  /// Seed of the resamples.
  public var seed: UInt64
  /// Coverage, in (0, 1).
  public var level: Double

  /// Creates settings.
  public init(method: Method = .bca, resamples: Int = 9999, seed: UInt64 = 1, level: Double = 0.95) {
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
public struct Interval: Sendable, Hashable {
  /// Lower end.
  public var lower: Double
  /// Upper end.
  public var upper: Double
  /// Bias correction z₀; 0 for percentile intervals.
  public var bias: Double
  /// Acceleration a; 0 for percentile intervals.
  public var acceleration: Double
  /// Standard deviation of the resampled values.
  public var standardError: Double

  /// Creates an interval.
  public init(lower: Double, upper: Double, bias: Double = 0, acceleration: Double = 0, standardError: Double = 0) {
    self.lower = lower
    self.upper = upper
    self.bias = bias
    self.acceleration = acceleration
    self.standardError = standardError
  }
}

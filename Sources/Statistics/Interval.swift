/// Settings of a bootstrap: method, resamples, seed and level; or of the jackknife, which draws nothing.
package struct BootstrapSettings: Sendable, Hashable {
  package enum Method: String, Sendable, Hashable, CaseIterable {
    /// Bias-corrected and accelerated (Efron 1987).
    case bca
    /// Percentiles of the resampled values.
    case percentile
    /// Student's t with the standard error from leaving out one unit at a time, without resamples: see `JackknifeError`.
    case jackknife
  }

  /// The most rows that the resamples of an interval draw together, unless their number is named: 9,999 resamples of 20,002
  /// rows. Above it an interval of a coefficient is that of the jackknife, which costs as much as a few resamples.
  package static let greatestDraws = 200_000_000

  /// These settings for a sample of so many rows where no number of resamples is named: by the jackknife where the resamples would
  /// draw more than `greatestDraws` rows.
  package func bounded(rows: Int) -> BootstrapSettings {
    guard rows > 0, resamples > Self.greatestDraws / rows else { return self }
    var settings = self
    settings.method = .jackknife
    return settings
  }

  package var method: Method
  /// Number of resamples, 2 … 10,000,000.
  package var resamples: Int
  /// Seed of the resamples.
  package var seed: UInt64
  /// Coverage, in (0, 1).
  package var level: Double

  package init(method: Method = .bca, resamples: Int = 9999, seed: UInt64 = 1, level: Double = 0.95) {
    self.method = method
    self.resamples = resamples
    self.seed = seed
    self.level = level
  }

  /// The reason for which no interval can be made with these settings; nil when one can.
  var fault: String? {
    guard (2...10_000_000).contains(resamples) else { return "the number of resamples is not in 2 … 10,000,000" }
    guard level > 0, level < 1 else { return "the level is not between 0 and 1" }
    return nil
  }
}

/// An interval of a statistic, in the statistic's units.
package struct Interval: Sendable, Hashable {
  /// Lower end.
  package var lower: Double
  /// Upper end.
  package var upper: Double
  /// Bias correction z₀; 0 for percentile intervals.
  package var bias: Double
  /// Acceleration a; 0 for percentile intervals.
  package var acceleration: Double
  /// Standard deviation of the resampled values, or the standard error of a formula; 0 where there is neither.
  package var standardError: Double

  package init(lower: Double, upper: Double, bias: Double = 0, acceleration: Double = 0, standardError: Double = 0) {
    self.lower = lower
    self.upper = upper
    self.bias = bias
    self.acceleration = acceleration
    self.standardError = standardError
  }
}

/// An interval held against a margin around 0, for any statistic that has an interval.
package enum EquivalenceVerdict: String, Sendable, Hashable, CaseIterable {
  /// The interval lies inside the margin: at most that much, either way.
  case equivalent
  /// The interval lies outside of the margin on one side: more than that much.
  case different
  /// The interval holds values of both kinds. That a difference was not found does not make things equal.
  case undecided

  /// Judges an interval of coverage 1 − 2α, which is what two one-sided tests at α amount to (Schuirmann 1987; Lakens 2017).
  ///
  /// - Parameters:
  ///   - interval: The interval.
  ///   - margin: The margin, positive.
  package init(_ interval: Interval, margin: Double) {
    if interval.lower > -margin, interval.upper < margin {
      self = .equivalent
    } else if interval.lower > margin || interval.upper < -margin {
      self = .different
    } else {
      self = .undecided
    }
  }

  /// The coverage of the interval to judge where intervals of a level are reported: 1 − 2α for 1 − α, to twelve decimals. At
  /// .95 it is .9.
  ///
  /// - Precondition: The level is in (0.5, 1).
  package static func level(for level: Double) -> Double { ((2 * level - 1) * 1e12).rounded() / 1e12 }
}

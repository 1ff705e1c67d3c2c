import Documents
import Specs
import Statistics

extension IntervalSpec {
  /// The settings of the bootstrap.
  var settings: BootstrapSettings {
    BootstrapSettings(
      method: method == .bca ? .bca : .percentile, resamples: resamples, seed: seed.bits, level: level)
  }

  /// What a step's key says of it.
  func parameters(isClustered: Bool) -> JSONValue {
    [
      "method": .string(method.rawValue), "resamples": .integer(resamples), "seed": .integer(seed.value),
      "level": .number(level), "clustered": .bool(isClustered),
    ]
  }
}

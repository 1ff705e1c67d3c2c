import Documents
import Statistics

extension JSONValue {
  /// A value with its interval, or the reason for none.
  static func estimate(
    _ value: Result<Double, Undefined>, interval: Result<Interval, Undefined>? = nil
  ) -> JSONValue {
    switch value {
    case .success(let number): .estimate(number, interval)
    case .failure(let undefined): ["undefined": .string(undefined.reason)]
    }
  }

  /// The ends of an interval, or the reason for none.
  static func range(of interval: Result<Interval, Undefined>) -> JSONValue {
    switch interval {
    case .success(let found): ["lower": .finite(found.lower), "upper": .finite(found.upper)]
    case .failure(let undefined): ["undefined": .string(undefined.reason)]
    }
  }

  /// What the interval of coverage 1 − 2α says of a margin, where intervals of coverage `level` = 1 − α are reported: `value`,
  /// `margin`, `level`, `lower`, `upper`, `verdict`; or `undefined`.
  static func equivalence(
    _ resampled: Result<ResampledValue, Undefined>, margin: Double, level: Double
  ) -> JSONValue {
    let level = EquivalenceVerdict.level(for: level)
    switch resampled.flatMap({ $0.interval(level: level) }) {
    case .failure(let undefined): return ["undefined": .string(undefined.reason)]
    case .success(let found):
      return .record([
        "value": (try? resampled.get()).map { .finite($0.value) } ?? .null, "margin": .number(margin),
        "level": .number(level), "lower": .finite(found.lower),
        "upper": .finite(found.upper), "verdict": .string(EquivalenceVerdict(found, margin: margin).rawValue),
      ])
    }
  }
}

import Documents
import Specs
import Statistics

extension JSONValue {
  /// A value with its interval, as results hold it: `value`, `lower`, `upper`, `standard-error`, or `undefined` with the reason;
  /// `interval-undefined` where the value alone is there.
  static func estimate(
    _ value: Result<Double, Undefined>, interval: Result<Interval, Undefined>? = nil
  ) -> JSONValue {
    switch value {
    case .failure(let undefined): return ["undefined": .string(undefined.reason)]
    case .success(let number):
      guard number.isFinite else { return ["undefined": "not a finite number"] }
      return .object([JSONMember(key: "value", value: .number(number))] + (interval.map(members) ?? []))
    }
  }

  /// The members of an interval, or of the reason for none.
  static func members(of interval: Result<Interval, Undefined>) -> [JSONMember] {
    switch interval {
    case .failure(let undefined): return [JSONMember(key: "interval-undefined", value: .string(undefined.reason))]
    case .success(let interval):
      let ends = [
        JSONMember(key: "lower", value: .finite(interval.lower)),
        JSONMember(key: "upper", value: .finite(interval.upper)),
      ]
      guard interval.standardError > 0 else { return ends }
      return ends + [JSONMember(key: "standard-error", value: .finite(interval.standardError))]
    }
  }

  /// What an interval of coverage 1 − 2α says of a margin: `margin`, `level`, `lower`, `upper`, `verdict`; or `undefined`.
  static func equivalence(
    _ interval: Result<Interval, Undefined>, margin: Double, level: Double
  ) -> JSONValue {
    switch interval {
    case .failure(let undefined): ["undefined": .string(undefined.reason)]
    case .success(let found):
      .object(
        [
          JSONMember(key: "margin", value: .number(margin)), JSONMember(key: "level", value: .number(level)),
        ] + members(of: .success(Interval(lower: found.lower, upper: found.upper))) + [
          JSONMember(key: "verdict", value: .string(EquivalenceVerdict(found, margin: margin).rawValue))
        ])
    }
  }
}

extension IntervalSpec {
  /// The settings of the bootstrap.
  var settings: BootstrapSettings {
    BootstrapSettings(
      method: method == .bca ? .bca : .percentile, resamples: resamples, seed: UInt64(max(0, seed)), level: level)
  }

  /// What a step's key says of it.
  func parameters(isClustered: Bool) -> JSONValue {
    [
      "method": .string(method.rawValue), "resamples": .integer(resamples), "seed": .integer(seed),
      "level": .number(level), "clustered": .bool(isClustered),
    ]
  }
}

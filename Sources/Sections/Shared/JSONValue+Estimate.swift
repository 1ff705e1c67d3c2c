import Documents
import Outcomes
import Statistics

extension JSONValue {
  /// A number with its interval, when there is one, as `value`, `lower`, `upper` and `standard-error`; the reason where an
  /// interval was asked for and is not there as `interval-undefined`.
  static func estimate(_ value: Double, _ interval: Result<Interval, Reason>? = nil) -> JSONValue {
    guard value.isFinite else { return ["undefined": "not a finite number"] }
    var members = [JSONMember(key: "value", value: .number(value))]
    switch interval {
    case .success(let interval):
      members.append(JSONMember(key: "lower", value: .finite(interval.lower)))
      members.append(JSONMember(key: "upper", value: .finite(interval.upper)))
      members.append(JSONMember(key: "standard-error", value: .finite(interval.standardError)))
    case .failure(let undefined):
      members.append(JSONMember(key: "interval-undefined", value: .string(undefined.text)))
    case nil: break
    }
    return .object(members)
  }

  /// A value with its interval, or the reason for none.
  static func estimate(
    _ value: Result<Double, Reason>, interval: Result<Interval, Reason>? = nil
  ) -> JSONValue {
    switch value {
    case .success(let number): .estimate(number, interval)
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }

  /// The ends of an interval, or the reason for none.
  static func range(of interval: Result<Interval, Reason>) -> JSONValue {
    switch interval {
    case .success(let found): ["lower": .finite(found.lower), "upper": .finite(found.upper)]
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }

  /// A number, or the reason for none.
  static func number(_ value: Result<Double, Reason>) -> JSONValue {
    switch value {
    case .success(let number): number.isFinite ? .number(number) : ["undefined": "not a finite number"]
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }

  /// A range as `lower` and `upper`.
  static func range(_ range: ClosedRange<Double>) -> JSONValue {
    ["lower": .finite(range.lowerBound), "upper": .finite(range.upperBound)]
  }
}

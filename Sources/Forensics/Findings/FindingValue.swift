import Documents
import Outcomes
import Statistics

/// A value behind a finding, with what is needed to print it.
package enum FindingValue: Sendable, Hashable {
  /// A number of things.
  case count(Int)
  /// A share, as a rule in 0 … 1.
  case share(Double)
  /// A share with its interval, or why there is none.
  case estimated(EstimatedShare)
  /// A relative error, which may be very small.
  case small(Double)
  /// A p-value.
  case probability(PValue)
  /// Any other finite number, in the units of the data.
  case number(Double)
  /// A word or a name.
  case text(String)
  /// No value, with the reason.
  case undefined(String)

  /// A share, or none for an empty whole.
  static func share(_ part: Int, of whole: Int) -> FindingValue {
    whole > 0 ? .share(Double(part) / Double(whole)) : .undefined("there are none")
  }

  /// The value; undefined when its number is not finite.
  var checked: FindingValue {
    switch self {
    case .share(let value), .small(let value), .number(let value):
      value.isFinite ? self : .undefined("the value exceeds the largest number")
    default: self
    }
  }

  /// The number, when it is one.
  package var double: Double? {
    switch self {
    case .count(let count): Double(count)
    case .share(let value), .small(let value), .number(let value): value
    case .estimated(let share): share.value
    case .probability(let probability): probability.value
    case .text, .undefined: nil
    }
  }
}

/// A share with its bootstrap interval.
package struct EstimatedShare: Codable, Sendable, Hashable {
  /// The share, in 0 … 1.
  package var value: Double
  /// The ends of the interval; nil where there is none, for the reason `intervalUndefined`.
  package var lower: Double?
  package var upper: Double?
  package var intervalUndefined: String?
  /// Number of values that it is of.
  package var n: Int
  /// Coverage of the interval, in (0, 1).
  package var level: Double
  /// The method of the interval in a few words.
  package var method: String
  /// The seed of its resamples.
  package var seed: Int
}

/// A value with its name. It is written as `key`, `title`, `form` and `value`: a number, a text or a p-value,
/// or `{"undefined": reason}`.
package struct FindingNumber: Codable, Sendable, Hashable {
  /// Kebab-case name; a finding or a row of it has one value of a name.
  package var key: String
  /// The name for people.
  package var title: String
  /// The value; numbers are finite.
  package var value: FindingValue

  /// Names a value; a number that is not finite becomes undefined.
  package init(_ key: String, _ title: String, _ value: FindingValue) {
    self.key = key
    self.title = title
    self.value = value.checked
  }

  private enum Keys: String, CodingKey { case key, title, form, value }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    key = try container.decode(String.self, forKey: .key)
    title = try container.decode(String.self, forKey: .title)
    func read<Value: Decodable>(_ make: (Value) -> FindingValue) throws -> FindingValue {
      make(try container.decode(Value.self, forKey: .value))
    }
    switch try container.decode(String.self, forKey: .form) {
    case "count": value = try read(FindingValue.count)
    case "share": value = try read(FindingValue.share)
    case "estimated": value = try read(FindingValue.estimated)
    case "small": value = try read(FindingValue.small)
    case "probability": value = try read(FindingValue.probability)
    case "number": value = try read(FindingValue.number)
    case "text": value = try read(FindingValue.text)
    default: value = try read { (none: Outcome<Double>) in .undefined(none.reason?.text ?? "") }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(key, forKey: .key)
    try container.encode(title, forKey: .title)
    func write(_ form: String, _ value: some Encodable) throws {
      try container.encode(form, forKey: .form)
      try container.encode(value, forKey: .value)
    }
    switch value {
    case .count(let count): try write("count", count)
    case .share(let number): try write("share", number)
    case .estimated(let share): try write("estimated", share)
    case .small(let number): try write("small", number)
    case .probability(let probability): try write("probability", probability)
    case .number(let number): try write("number", number)
    case .text(let text): try write("text", text)
    case .undefined(let reason): try write("undefined", Outcome<Double>.failure(Reason(reason)))
    }
  }
}

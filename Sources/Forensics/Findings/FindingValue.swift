/// A value behind a finding, with what is needed to print it.
package enum FindingValue: Sendable, Hashable {
  /// A number of things.
  case count(Int)
  /// A share, as a rule in 0 … 1.
  case share(Double)
  /// A relative error or a probability, which may be very small.
  case small(Double)
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
    case .text, .undefined: nil
    }
  }
}

/// A value with its name.
package struct FindingNumber: Sendable, Hashable {
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
}

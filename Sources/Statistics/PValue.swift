/// The p-value of a test. One that random draws give has a floor, the smallest that so many draws can give: there the true one is
/// that small or smaller, and it is written with "≤".
///
/// In JSON it is a number, at its floor `{"value": 0.0002, "at-most": true}`. It is never 0.
package struct PValue: Sendable, Hashable {
  /// The probability, in (0, 1].
  package let value: Double
  /// True at the floor: the p-value is at most `value`.
  package let isFloor: Bool

  /// States a probability; a bound of 1 says nothing more than 1 does.
  package init(_ value: Double, isFloor: Bool = false) {
    self.value = value
    self.isFloor = isFloor && value < 1
  }

  /// States a probability that a formula gives. One too small for a number is at most the smallest normal one.
  package init(exact value: Double) {
    let floor = Double.leastNormalMagnitude
    self.init(max(value, floor), isFloor: value < floor)
  }

  /// The one-sided p-value of a Monte Carlo test, (1 + as large)/(1 + draws) (Davison & Hinkley 1997, § 4.2); its floor is
  /// 1/(1 + draws).
  ///
  /// - Parameters:
  ///   - count: Draws whose statistic is as large as the observed one.
  ///   - draws: All draws.
  package init(exceeding count: Int, of draws: Int) {
    self.init(Double(1 + count) / Double(1 + draws), isFloor: count == 0)
  }
}

extension PValue: Codable {
  private enum Keys: String, CodingKey { case value, atMost }

  package init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Double.self) {
      self.init(number)
    } else {
      let container = try decoder.container(keyedBy: Keys.self)
      self.init(
        try container.decode(Double.self, forKey: .value), isFloor: try container.decode(Bool.self, forKey: .atMost))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    guard isFloor else {
      var container = encoder.singleValueContainer()
      return try container.encode(value)
    }
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(value, forKey: .value)
    try container.encode(true, forKey: .atMost)
  }
}

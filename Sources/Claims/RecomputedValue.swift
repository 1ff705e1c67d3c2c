import Statistics

/// A recomputed value with what a verdict on it has to carry.
package struct RecomputedValue: Sendable, Hashable {
  /// A number, a text, or the reason for neither.
  package enum Content: Sendable, Hashable {
    /// A finite number.
    case number(Double)
    /// A text, such as a forensic verdict.
    case text(String)
    /// No value, for the reason given.
    case undefined(String)
  }

  /// A p-value that was adjusted by Holm's method where the value was computed.
  package struct Adjusted: Sendable, Hashable {
    package var pValue: PValue
    /// The family of tests: the name of a part, or of one of its families.
    package var family: String

    package init(_ pValue: PValue, over family: String) {
      self.pValue = pValue
      self.family = family
    }
  }

  package var content: Content
  /// Its interval; nil when there is none.
  package var interval: ClosedRange<Double>?
  /// The reason why an interval that was asked for has no ends; nil when there is one, or none was asked for.
  package var intervalUndefined: String?
  /// Coverage of the interval, in (0, 1); nil when it is not known.
  package var level: Double?
  /// Two-sided p-value of the test that gave the value; nil when none was named.
  package var pValue: PValue?
  /// The same adjusted over the family of tests that the value was computed with; nil where it was not adjusted by Holm's method.
  package var adjusted: Adjusted?
  /// Two-sided probability of a value at least as far from chance as this one, were it chance alone, in [0, 1]; nil when none was
  /// computed.
  package var chance: Double?
  /// The method of value and interval.
  package var method: String?
  /// Number of rows used.
  package var count: Int?
  /// Seed of the resamples.
  package var seed: Int?
  /// The treatment of missing values.
  package var policy: String?

  package init(
    _ content: Content, interval: ClosedRange<Double>? = nil, intervalUndefined: String? = nil, level: Double? = nil,
    pValue: PValue? = nil, chance: Double? = nil, method: String? = nil, count: Int? = nil, seed: Int? = nil,
    policy: String? = nil
  ) {
    self.content = content
    self.interval = interval
    self.intervalUndefined = intervalUndefined
    self.level = level
    self.pValue = pValue
    self.chance = chance
    self.method = method
    self.count = count
    self.seed = seed
    self.policy = policy
  }

  /// The number, when it is one.
  package var number: Double? { if case .number(let number) = content { number } else { nil } }
}

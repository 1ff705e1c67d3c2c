import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

/// A number with all that a reader has to know of it: its interval, and how both were made. It is written as one object, so
/// that a table, a figure, a claim or a program that reads the results finds everything beside the number.
///
/// `value`, `lower`, `upper` and `standard-error`; `interval-undefined` where an interval was asked for and is not there;
/// `n`, `clusters`, `level`, `method` and `seed` as far as they apply, and `chance`; `p-value`, `adjusted-p-value`, `test`,
/// `adjustment` and `family` where a test was made. Without a value it is `{"undefined": reason}`.
package struct Estimate: Codable, Sendable, Hashable {
  /// The ends of an interval.
  package struct Ends: Codable, Sendable, Hashable {
    package var lower: Double
    package var upper: Double
    /// Standard deviation of the resamples, where there are some.
    package var standardError: Double?
  }

  /// The rows behind a value, with coverage, method and seed of its interval.
  package struct Basis: Codable, Sendable, Hashable {
    /// Rows, or subjects, that the value is of.
    package var n: Int?
    /// Clusters that the rows are in, when they are resampled together.
    package var clusters: Int?
    /// Coverage of the interval, in (0, 1).
    package var level: Double?
    /// The method of the interval in a few words, such as `BCa bootstrap, 9,999 resamples of rows`.
    package var method: String?
    /// The seed of its resamples.
    package var seed: Int?

    package init(
      n: Int? = nil, clusters: Int? = nil, level: Double? = nil, method: String? = nil, seed: Int? = nil
    ) {
      self.n = n
      self.clusters = clusters
      self.level = level
      self.method = method
      self.seed = seed
    }
  }

  /// The two-sided test of the hypothesis that the number is 0.
  package struct Test: Codable, Sendable, Hashable {
    package var pValue: PValue
    /// The p-value adjusted over its family; nil where it is not adjusted. This is the only one: tables, claims and prose take it
    /// from here.
    package var adjustedPValue: PValue?
    /// The name of the test, such as `paired-bootstrap`.
    package var test: String
    /// The method of adjustment, as `AdjustedPValues.Method`; nil without an adjusted p-value.
    package var adjustment: String?
    /// The family of tests that the p-value is adjusted over: the name of a part, or of one of its families as `part.family`.
    package var family: String?

    package init(
      pValue: PValue, adjustedPValue: PValue? = nil, test: String, adjustment: String? = nil, family: String? = nil
    ) {
      self.pValue = pValue
      self.adjustedPValue = adjustedPValue
      self.test = test
      self.adjustment = adjustment
      self.family = family
    }
  }

  /// The number, or why there is none. Finite.
  package var value: Outcome<Double>
  /// The interval, or why there is none; nil when none was asked for.
  package var interval: Outcome<Ends>?
  /// The rows behind the number, with coverage, method and seed of the interval.
  package var basis = Basis()
  /// The test of the number; nil when none was made.
  package var test: Test?
  /// Two-sided probability of a number at least as far from chance, were it chance alone, in [0, 1]; nil when none was computed.
  package var chance: Double?

  /// States a number with its interval.
  package init(_ value: Outcome<Double>, interval: Outcome<Interval>? = nil, basis: Basis = Basis()) {
    self.value = value.flatMap { Outcome(finite: $0, otherwise: "not a finite number") }
    self.interval = interval?.map { Ends(lower: $0.lower, upper: $0.upper, standardError: $0.standardError) }
    self.basis = basis
  }

  /// States a number with an interval that is made without resamples.
  package init(_ value: Outcome<Double>, ends: Outcome<ClosedRange<Double>>?, basis: Basis = Basis()) {
    self.init(value, basis: basis)
    interval = ends?.map { Ends(lower: $0.lowerBound, upper: $0.upperBound) }
  }

  /// States an intraclass correlation with its interval from the F distribution.
  ///
  /// - Parameter n: Rows, or subjects.
  init(intraclass value: Double, interval: Outcome<Interval>, n: Int, level: Double) {
    self.init(.success(value), basis: Basis(n: n, level: level, method: "F distribution"))
    self.interval = interval.map { Ends(lower: $0.lower, upper: $0.upper) }
  }

  /// The ends of the interval, when there is one.
  package var ends: Ends? { interval?.value }

  private enum Keys: String, CodingKey {
    case value, lower, upper, standardError, intervalUndefined, undefined, test, chance
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch value {
    case .failure(let reason): return try container.encode(reason.text, forKey: .undefined)
    case .success(let number): try container.encode(number, forKey: .value)
    }
    switch interval {
    case .success(let ends):
      try container.encode(ends.lower, forKey: .lower)
      try container.encode(ends.upper, forKey: .upper)
      try container.encodeIfPresent(ends.standardError, forKey: .standardError)
    case .failure(let reason): try container.encode(reason.text, forKey: .intervalUndefined)
    case nil: break
    }
    try container.encodeIfPresent(chance, forKey: .chance)
    try basis.encode(to: encoder)
    try test?.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let reason = try container.decodeIfPresent(String.self, forKey: .undefined) {
      value = .failure(Reason(reason))
      return
    }
    value = .success(try container.decode(Double.self, forKey: .value))
    if let reason = try container.decodeIfPresent(String.self, forKey: .intervalUndefined) {
      interval = .failure(Reason(reason))
    } else if let lower = try container.decodeIfPresent(Double.self, forKey: .lower) {
      interval = .success(
        Ends(
          lower: lower, upper: try container.decode(Double.self, forKey: .upper),
          standardError: try container.decodeIfPresent(Double.self, forKey: .standardError)))
    }
    chance = try container.decodeIfPresent(Double.self, forKey: .chance)
    basis = try Basis(from: decoder)
    if container.contains(.test) { test = try Test(from: decoder) }
  }
}

extension ReportTable.Cell {
  /// A number with the interval of an estimate, `−.37 [−.39, −.35]`; `−.37 [–]` where an interval was asked for and is not
  /// there; the reason where there is no number; a dash where there is no estimate.
  ///
  /// - Parameters:
  ///   - hasInterval: False leaves the interval out of the cell.
  ///   - write: Writes a number; by default with three decimals and no zero before the point.
  package static func estimate(
    _ estimate: Estimate?, hasInterval: Bool = true,
    _ write: (Double) -> String = { NumberText.fixed($0, decimals: 3, leadingZero: false) }
  ) -> ReportTable.Cell {
    guard let estimate else { return .dash }
    switch (estimate.value, hasInterval ? estimate.interval : nil) {
    case (.failure(let reason), _): return .undefined(reason.text)
    case (.success(let number), .success(let ends)):
      return ReportTable.Cell(
        "\(write(number)) [\(write(ends.lower)), \(write(ends.upper))]", value: .finite(number),
        details: [.init("lower", .finite(ends.lower)), .init("upper", .finite(ends.upper))])
    case (.success(let number), .failure(let reason)):
      return ReportTable.Cell("\(write(number)) [–]", value: .finite(number), missing: .interval(reason.text))
    case (.success(let number), nil): return ReportTable.Cell(write(number), value: .finite(number))
    }
  }

  /// A number, or the reason for none; a dash where nothing was computed.
  package static func number(
    _ value: Outcome<Double>?, _ write: (Double) -> String = { NumberText.fixed($0, decimals: 3, leadingZero: false) }
  ) -> ReportTable.Cell {
    .estimate(value.map { Estimate($0) }, write)
  }

  /// A whole number in groups of three; a dash where nothing was counted.
  package static func count(_ count: Int?) -> ReportTable.Cell {
    count.map { ReportTable.Cell(NumberText.grouped($0), value: .integer($0)) } ?? .dash
  }

  /// The cell of a number that was not computed: a dash.
  package static var dash: ReportTable.Cell { ReportTable.Cell("–", value: .null) }
}

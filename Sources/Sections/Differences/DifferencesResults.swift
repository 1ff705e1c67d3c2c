import Documents
import Outcomes
import Specs
import Statistics

/// Differences between metrics on the rows that all of them have.
///
/// In JSON the pairs stand beside the counts, under names such as `head-confidence-minus-parameters`.
struct DifferencesResults: Codable, Sendable, Equatable {
  /// The p-values of one test over all pairs.
  struct Family: Codable, Sendable, Equatable {
    var tests: Int
    /// Tests without a p-value.
    var undefined: Int
    /// Tests with an adjusted p-value at or below 1 less the coverage of intervals.
    var rejected: Int
  }

  /// An interval from a formula rather than from resamples.
  struct Range: Codable, Sendable, Equatable {
    var lower: Double
    var upper: Double
    /// Coverage of the interval, in (0, 1).
    var level: Double?
    /// Authors and year of the method, such as `Meng, Rosenthal & Rubin 1992`.
    var method: String?
  }

  /// The result of a test of a pair: a p-value, or for Zou's method an interval alone.
  struct Finding: Codable, Sendable, Equatable {
    /// The normal statistic of Steiger's and Meng's test.
    var z: Double?
    var pValue: Double?
    /// Nil where p-values are not adjusted.
    var adjustedPValue: Double?
    /// Meng's interval of the difference on Fisher's scale.
    var transformed: Outcome<Range>?
    /// Ends, coverage and method of Zou's interval; nil for other tests.
    var lower: Double?
    var upper: Double?
    var level: Double?
    var method: String?
  }

  /// A difference with the p-value of the first test that has one.
  struct Difference: Codable, Sendable, Equatable {
    /// The p-value, with and without adjustment, and the name of the test that it is from.
    struct Judgement: Codable, Sendable, Equatable {
      var pValue: Double
      var adjustedPValue: Double?
      var test: String
    }

    var estimate: Estimate
    var judgement: Judgement?

    init(_ estimate: Estimate, _ judgement: Judgement? = nil) {
      self.estimate = estimate
      self.judgement = judgement
    }

    private enum Keys: String, CodingKey { case test }

    init(from decoder: any Decoder) throws {
      let isJudged = try decoder.container(keyedBy: Keys.self).contains(.test)
      self.init(try Estimate(from: decoder), isJudged ? try Judgement(from: decoder) : nil)
    }

    func encode(to encoder: any Encoder) throws {
      try estimate.encode(to: encoder)
      try judgement?.encode(to: encoder)
    }
  }

  /// The results of a pair. In JSON each test stands under its name, beside the other members.
  struct Pair: Codable, Sendable, Equatable {
    /// The names of the members: the second is subtracted from the first.
    var first: String
    var second: String
    var difference: Difference
    /// The verdict on the equivalence margin; nil when equivalence is not asked for.
    var equivalence: Outcome<Equivalence>?
    /// The result of each test under its name, in the order of the spec.
    var tests: NamedValues<Outcome<Finding>>

    fileprivate enum Keys: String, CodingKey { case first, second, difference, equivalence }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(first, forKey: .first)
      try container.encode(second, forKey: .second)
      try container.encode(difference, forKey: .difference)
      try container.encodeIfPresent(equivalence, forKey: .equivalence)
      try tests.encode(to: encoder)
    }

    /// The result of a test; nil when the spec does not name it.
    subscript(test: DifferencesSpec.Test) -> Outcome<Finding>? { tests[test.rawValue] }
  }

  /// Rows that are compared.
  var n: Int
  /// Rows of the table.
  var total: Int
  /// Clusters that the rows are in; nil when they are in none.
  var clusters: Int?
  var pairCount: Int
  /// The p-values of each test over all pairs, under the test's name; Zou's method has none.
  var families: NamedValues<Family>
  /// Each member's coefficient under its name, in the orientation of the part.
  var coefficients: NamedValues<Estimate>
  /// The results of each pair, under `DifferencesPart.key`.
  var pairs: NamedValues<Pair>

  fileprivate enum Keys: String, CodingKey {
    case n, total, clusters
    case pairCount = "pairs"
    case families, coefficients
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(n, forKey: .n)
    try container.encode(total, forKey: .total)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try container.encode(pairCount, forKey: .pairCount)
    try container.encode(families, forKey: .families)
    try container.encode(coefficients, forKey: .coefficients)
    try pairs.encode(to: encoder)
  }
}

extension DifferencesResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      n: try container.decode(Int.self, forKey: .n), total: try container.decode(Int.self, forKey: .total),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      pairCount: try container.decode(Int.self, forKey: .pairCount),
      families: try container.decode(NamedValues<Family>.self, forKey: .families),
      coefficients: try container.decode(NamedValues<Estimate>.self, forKey: .coefficients),
      pairs: try NamedValues(from: decoder) { Keys(stringValue: $0) == nil })
  }
}

extension DifferencesResults.Pair {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      first: try container.decode(String.self, forKey: .first),
      second: try container.decode(String.self, forKey: .second),
      difference: try container.decode(DifferencesResults.Difference.self, forKey: .difference),
      equivalence: try container.decodeIfPresent(Outcome<Equivalence>.self, forKey: .equivalence),
      tests: try NamedValues(from: decoder) { Keys(stringValue: $0) == nil })
  }
}

/// Gathers coefficients and differences into results; p-values are adjusted here, each test's over all pairs.
struct DifferencesSummary {
  let part: DifferencesPart
  let comparison: MetricComparison
  let coefficients: [MetricComparison.Oriented]
  let outcomes: [DifferenceOutcome]

  private var level: Double { part.spec.interval.level }
  private var tests: [DifferencesSpec.Test] { part.spec.tests.map(\.value) }

  /// Rows, clusters and bootstrap settings of all coefficients and differences.
  private var basis: Estimate.Basis {
    var basis = part.spec.interval.basis(
      n: comparison.rowCount, clusters: comparison.clusterCount, unit: part.family.unit)
    basis.method = basis.method.map { "paired \($0)" }
    return basis
  }

  func results() throws(Reason) -> DifferencesResults {
    var adjusted: [DifferencesSpec.Test: AdjustedPValues] = [:]
    var families: [(name: String, value: DifferencesResults.Family)] = []
    for test in tests where test != .zou {
      let family = try AdjustedPValues(outcomes.map { $0.pValue(test)?.value }, method: part.spec.adjustment)
      adjusted[test] = family
      families.append(
        (
          test.rawValue,
          DifferencesResults.Family(
            tests: family.familySize, undefined: family.undefinedCount,
            rejected: family.values.count { $0.map { $0 <= 1 - level } ?? false })
        ))
    }
    let basis = basis
    let members = zip(part.family.members, coefficients).map { member, oriented in
      (
        name: member.name,
        value: Estimate(
          oriented.value, interval: oriented.resampled.flatMap { $0.interval() }, basis: basis)
      )
    }
    return DifferencesResults(
      n: comparison.rowCount, total: comparison.total, clusters: comparison.clusterCount, pairCount: part.pairs.count,
      families: NamedValues(families), coefficients: NamedValues(members),
      pairs: NamedValues(
        outcomes.indices.map { (part.key(part.pairs[$0]), pair($0, adjusted, basis)) }))
  }

  private func pair(
    _ index: Int, _ adjusted: [DifferencesSpec.Test: AdjustedPValues], _ basis: Estimate.Basis
  ) -> DifferencesResults.Pair {
    let outcome = outcomes[index]
    let (pair, members) = (part.pairs[index], part.family.members)
    return DifferencesResults.Pair(
      first: members[pair.first].name, second: members[pair.second].name,
      difference: difference(index, adjusted, basis),
      equivalence: part.spec.equivalenceMargin.map {
        Equivalence.outcome(outcome.resampled, margin: $0, level: level, basis: basis)
      },
      tests: NamedValues(
        tests.map { ($0.rawValue, finding(of: $0, outcome, adjusted: adjusted[$0]?.values[index])) }))
  }

  /// The difference with its interval, and the p-values of the first test that has one.
  private func difference(
    _ index: Int, _ adjusted: [DifferencesSpec.Test: AdjustedPValues], _ basis: Estimate.Basis
  ) -> DifferencesResults.Difference {
    let outcome = outcomes[index]
    let estimate = Estimate(
      outcome.difference, interval: outcome.resampled.flatMap { $0.interval() }, basis: basis)
    guard estimate.value.value != nil, let test = tests.first(where: { $0 != .zou }),
      let pValue = outcome.pValue(test)?.value
    else { return DifferencesResults.Difference(estimate) }
    return DifferencesResults.Difference(
      estimate,
      DifferencesResults.Difference.Judgement(
        pValue: pValue, adjustedPValue: adjusted[test]?.values[index], test: test.rawValue))
  }

  private func finding(
    of test: DifferencesSpec.Test, _ outcome: DifferenceOutcome, adjusted: Double?
  ) -> Outcome<DifferencesResults.Finding> {
    if test == .zou {
      return outcome.correlations.flatMap { three in
        Outcome.of { () throws(Reason) in try three.zou(level: level) }
      }
      .map {
        DifferencesResults.Finding(lower: $0.lower, upper: $0.upper, level: level, method: "Zou 2007")
      }
    }
    return (outcome.pValue(test) ?? .failure(Reason("there is no p-value"))).map { pValue in
      DifferencesResults.Finding(
        z: outcome.normalTest(test)?.value?.statistic, pValue: pValue, adjustedPValue: adjusted,
        transformed: test == .meng ? transformed(outcome) : nil)
    }
  }

  private func transformed(_ outcome: DifferenceOutcome) -> Outcome<DifferencesResults.Range> {
    outcome.correlations.flatMap { three in
      Outcome.of { () throws(Reason) in try three.mengInterval(level: level) }
    }
    .map {
      DifferencesResults.Range(
        lower: $0.lower, upper: $0.upper, level: level, method: "Meng, Rosenthal & Rubin 1992")
    }
  }
}

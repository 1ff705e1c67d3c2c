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

  /// Shares of the pairs of rows that are tied, in 0 … 1.
  struct Ties: Codable, Sendable, Equatable {
    /// By member; those without values are left out.
    var members = NamedValues<Double>()
    /// In the target; nil without rows.
    var target: Double?
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
    var pValue: PValue?
    /// Nil where p-values are not adjusted.
    var adjustedPValue: PValue?
    /// Meng's interval of the difference on Fisher's scale.
    var transformed: Outcome<Range>?
    /// Ends, coverage and method of Zou's interval; nil for other tests.
    var lower: Double?
    var upper: Double?
    var level: Double?
    var method: String?
  }

  /// The results of a pair. In JSON each test stands under its name, beside the other members.
  struct Pair: Codable, Sendable, Equatable {
    /// The names of the members: the second is subtracted from the first.
    var first: String
    var second: String
    /// The difference, with the first test that has a p-value.
    var difference: Estimate
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
  /// The ties of each member and of the target on the rows that are compared.
  var ties: Ties
  /// The pairs, by name, whose metrics have ties so unequal that the coefficient lifts one of them.
  var unequalTies: [String] = []
  /// The results of each pair, under `DifferencesPart.key`.
  var pairs: NamedValues<Pair>

  fileprivate enum Keys: String, CodingKey {
    case n, total, clusters
    case pairCount = "pairs"
    case families, coefficients, ties, unequalTies
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(n, forKey: .n)
    try container.encode(total, forKey: .total)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try container.encode(pairCount, forKey: .pairCount)
    try container.encode(families, forKey: .families)
    try container.encode(coefficients, forKey: .coefficients)
    try container.encode(ties, forKey: .ties)
    if !unequalTies.isEmpty { try container.encode(unequalTies, forKey: .unequalTies) }
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
      ties: try container.decode(Ties.self, forKey: .ties),
      unequalTies: try container.decodeIfPresent([String].self, forKey: .unequalTies) ?? [],
      pairs: try NamedValues(from: decoder) { $0 != "unequal-ties" && Keys(stringValue: $0) == nil })
  }
}

extension DifferencesResults.Pair {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      first: try container.decode(String.self, forKey: .first),
      second: try container.decode(String.self, forKey: .second),
      difference: try container.decode(Estimate.self, forKey: .difference),
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
    var basis = part.spec.interval.coefficientBasis(
      n: comparison.rowCount, clusters: comparison.clusterCount, unit: part.family.unit)
    basis.method = basis.method.map { "paired \($0)" }
    return basis
  }

  func results() throws(Reason) -> DifferencesResults {
    var adjusted: [DifferencesSpec.Test: [PValue?]] = [:]
    var totals: [(name: String, value: DifferencesResults.Family)] = []
    for test in tests where test != .zou {
      let pValues = outcomes.map { $0.pValue(test)?.value }
      var made = pValues
      for family in part.families {
        let own = try AdjustedPValues(of: family.pairs.map { pValues[$0] }, method: part.spec.adjustment)
        for (pair, pValue) in zip(family.pairs, own.adjusted) { made[pair] = pValue }
      }
      adjusted[test] = made
      totals.append(
        (
          test.rawValue,
          DifferencesResults.Family(
            tests: made.count { $0 != nil }, undefined: made.count { $0 == nil },
            rejected: made.count { $0.map { $0.value <= 1 - level } ?? false })
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
      families: NamedValues(totals), coefficients: NamedValues(members), ties: ties, unequalTies: unequalTies,
      pairs: NamedValues(
        outcomes.indices.map { (part.key(part.pairs[$0]), pair($0, adjusted, basis)) }))
  }

  /// The share of tied pairs above which a coefficient that ties lift is noticeably lifted, and the least difference of two
  /// shares that matters.
  private static let leastShare = (tied: 0.05, difference: 0.01)

  private var ties: DifferencesResults.Ties {
    DifferencesResults.Ties(
      members: NamedValues(
        part.family.members.indices.compactMap { member in
          comparison.ties(of: member).map { (part.family.members[member].name, $0.first) }
        }),
      target: part.family.members.indices.lazy.compactMap { comparison.ties(of: $0)?.second }.first)
  }

  /// The pairs that a coefficient which rewards ties cannot compare.
  private var unequalTies: [String] {
    guard part.spec.coefficient.rewardsTies else { return [] }
    let shares = part.family.members.indices.map { comparison.ties(of: $0)?.first }
    return part.pairs.filter { pair in
      guard let first = shares[pair.first], let second = shares[pair.second] else { return false }
      return max(first, second) > Self.leastShare.tied && abs(first - second) > Self.leastShare.difference
    }
    .map { part.key($0) }
  }

  private func pair(
    _ index: Int, _ adjusted: [DifferencesSpec.Test: [PValue?]], _ basis: Estimate.Basis
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
        tests.map { ($0.rawValue, finding(of: $0, outcome, adjusted: adjusted[$0]?[index])) }))
  }

  /// The difference with its interval, and the p-values of the first test that has one.
  private func difference(
    _ index: Int, _ adjusted: [DifferencesSpec.Test: [PValue?]], _ basis: Estimate.Basis
  ) -> Estimate {
    let outcome = outcomes[index]
    var estimate = Estimate(
      outcome.difference, interval: outcome.resampled.flatMap { $0.interval() }, basis: basis)
    guard estimate.value.value != nil, let test = tests.first(where: { $0 != .zou }),
      let pValue = outcome.pValue(test)?.value
    else { return estimate }
    estimate.test = Estimate.Test(
      pValue: pValue,
      test: test == .pairedBootstrap && part.isJackknife(comparison.rowCount) ? "paired-jackknife" : test.rawValue)
    if part.spec.adjustment != .none {
      estimate.test?.adjustedPValue = adjusted[test]?[index]
      estimate.test?.adjustment = part.spec.adjustment.rawValue
      estimate.test?.family = part.families.first { $0.pairs.contains(index) }.map { part.address(of: $0) }
    }
    return estimate
  }

  private func finding(
    of test: DifferencesSpec.Test, _ outcome: DifferenceOutcome, adjusted: PValue?
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

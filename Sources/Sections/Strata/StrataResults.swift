import Documents
import Outcomes
import Statistics

/// Coefficients of one metric with its target on all rows of the strata, pooled inside strata, and in each.
struct StrataResults: Codable, Sendable, Equatable {
  /// A coefficient with the verdict on the equivalence margin.
  struct Judged: Codable, Sendable, Equatable {
    var estimate: Estimate
    /// The verdict; nil when equivalence is not asked for, or there is no coefficient.
    var equivalence: Outcome<Equivalence>?

    private enum Keys: String, CodingKey { case equivalence }

    init(_ estimate: Estimate, equivalence: Outcome<Equivalence>? = nil) {
      self.estimate = estimate
      self.equivalence = equivalence
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      self.init(
        try Estimate(from: decoder),
        equivalence: try container.decodeIfPresent(Outcome<Equivalence>.self, forKey: .equivalence))
    }

    func encode(to encoder: any Encoder) throws {
      try estimate.encode(to: encoder)
      var container = encoder.container(keyedBy: Keys.self)
      try container.encodeIfPresent(equivalence, forKey: .equivalence)
    }
  }

  /// The coefficients in one stratum.
  struct Stratum: Codable, Sendable, Equatable {
    /// The values of the columns that make the strata.
    var group: [String]
    var n: Int
    /// Clusters that the rows are in; nil when they are in none.
    var clusters: Int?
    var coefficients: ByCoefficient<Judged>

    fileprivate enum Keys: String, CodingKey { case group, n, clusters }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(group, forKey: .group)
      try container.encode(n, forKey: .n)
      try container.encodeIfPresent(clusters, forKey: .clusters)
      try coefficients.encode(to: encoder)
    }
  }

  var rows: RowCounts
  /// Rows that are in no stratum.
  var withoutStratum: Int
  /// Number of strata; nil when there is no sample.
  var strata: Int?
  /// Clusters that the rows are in; nil when they are in none.
  var clusters: Int?
  /// Coefficients on all rows that are in a stratum.
  var overall: ByCoefficient<Judged>
  /// Coefficients pooled inside strata.
  var within: ByCoefficient<Judged>
  /// Coefficients in each stratum, by its key.
  var each: NamedValues<Stratum>

  private enum Keys: String, CodingKey { case withoutStratum, strata, clusters, overall, within, each }

  func encode(to encoder: any Encoder) throws {
    try rows.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(withoutStratum, forKey: .withoutStratum)
    try container.encodeIfPresent(strata, forKey: .strata)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try container.encode(overall, forKey: .overall)
    try container.encode(within, forKey: .within)
    try container.encode(each, forKey: .each)
  }
}

extension StrataResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      rows: try RowCounts(from: decoder), withoutStratum: try container.decode(Int.self, forKey: .withoutStratum),
      strata: try container.decodeIfPresent(Int.self, forKey: .strata),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      overall: try container.decode(ByCoefficient<Judged>.self, forKey: .overall),
      within: try container.decode(ByCoefficient<Judged>.self, forKey: .within),
      each: try container.decode(NamedValues<Stratum>.self, forKey: .each))
  }
}

extension StrataResults.Stratum {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      group: try container.decode([String].self, forKey: .group), n: try container.decode(Int.self, forKey: .n),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      coefficients: try ByCoefficient(from: decoder))
  }
}

/// Reliability of a target from replicates, in each stratum and inside all of them.
struct StrataReliabilityResults: Codable, Sendable, Equatable {
  /// Inside all strata: the share of the variance in strata that is not error. The counts are nil when it cannot be computed.
  struct Pooled: Codable, Sendable, Equatable {
    var n: Int?
    var strata: Int?
    /// Number of networks.
    var groups: Int?
    /// Number of networks with replicates.
    var replicated: Int?
    var reliability: Estimate
    /// Noise ceiling of Pearson's r and Spearman's ρ.
    var noiseCeiling: Estimate
    /// Noise ceiling of Kendall's τ.
    var kendallNoiseCeiling: Estimate
  }

  /// Reliability of the target in one stratum.
  struct Stratum: Codable, Sendable, Equatable {
    /// The values of the columns that make the strata.
    var group: [String]
    var n: Int
    /// Number of networks.
    var groups: Int
    /// Networks with replicates; nil without a reliability, as are the deviations.
    var replicated: Int?
    var standardDeviation: Double?
    var errorDeviation: Double?
    var reliability: Estimate
    var icc: Estimate
    /// Noise ceiling of Pearson's r and Spearman's ρ.
    var noiseCeiling: Estimate
    /// Noise ceiling of Kendall's τ.
    var kendallNoiseCeiling: Estimate
  }

  var pooled: Pooled
  /// Reliability in each stratum, by its key.
  var each: NamedValues<Stratum>
}

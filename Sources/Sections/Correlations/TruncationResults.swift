import Documents
import Outcomes
import Statistics

/// Coefficients of one metric as its ranking is cut to its best part, by the target and by the metric itself, and where the
/// concordance of all rows comes from.
///
/// Shares of the ranking by the target stand under their keys (`50-percent`), those of the ranking by the metric under
/// `by-metric`, the pairs under `pairs`.
struct TruncationResults: Codable, Sendable, Equatable {
  /// The best shares by the target; nil when that ranking is not cut.
  var byTarget: NamedValues<TruncatedRanking>?
  /// The best shares by the metric; nil when that ranking is not cut.
  var byMetric: NamedValues<TruncatedRanking>?
  /// Pairs inside and between the halves by the target.
  var pairs: Outcome<PairsByHalves>

  private enum Keys: String, CodingKey { case byMetric, pairs }

  func encode(to encoder: any Encoder) throws {
    try byTarget?.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encodeIfPresent(byMetric, forKey: .byMetric)
    try container.encode(pairs, forKey: .pairs)
  }

  /// The best shares of a ranking.
  subscript(ranking: TruncationSpec.Ranking) -> NamedValues<TruncatedRanking>? {
    ranking == .target ? byTarget : byMetric
  }
}

extension TruncationResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let shares = try NamedValues<TruncatedRanking>(from: decoder) { $0.hasSuffix("-percent") }
    self.init(
      byTarget: shares.names.isEmpty ? nil : shares,
      byMetric: try container.decodeIfPresent(NamedValues<TruncatedRanking>.self, forKey: .byMetric),
      pairs: try container.decode(Outcome<PairsByHalves>.self, forKey: .pairs))
  }
}

/// Coefficients of one metric on the best part of a ranking.
struct TruncatedRanking: Codable, Sendable, Equatable {
  /// A coefficient with what restriction of range alone would leave of it.
  struct Coefficient: Codable, Sendable, Equatable {
    var estimate: Estimate
    /// The coefficient of all rows after the same cut of a Gaussian copula (`RangeRestriction`); nil for coefficients that are
    /// not made of pairs.
    var reference: Double?
    /// True when the interval does not hold the reference; nil without either.
    var excludesReference: Bool?

    private enum Keys: String, CodingKey { case reference, excludesReference }

    /// Holds an estimate against a reference.
    init(_ estimate: Estimate, reference: Double? = nil) {
      self.estimate = estimate
      guard estimate.value.value != nil, let reference else { return }
      self.reference = reference
      excludesReference = estimate.ends.map { reference < $0.lower || reference > $0.upper }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      estimate = try Estimate(from: decoder)
      reference = try container.decodeIfPresent(Double.self, forKey: .reference)
      excludesReference = try container.decodeIfPresent(Bool.self, forKey: .excludesReference)
    }

    func encode(to encoder: any Encoder) throws {
      try estimate.encode(to: encoder)
      var container = encoder.container(keyedBy: Keys.self)
      try container.encodeIfPresent(reference, forKey: .reference)
      try container.encodeIfPresent(excludesReference, forKey: .excludesReference)
    }
  }

  /// Share of the ranking kept, best first, in (0, 1].
  var share: Double
  /// Rows kept: that share, and all that are tied with its last.
  var n: Int
  /// Clusters that the rows kept are in; nil when they are in none.
  var clusters: Int?
  var coefficients: ByCoefficient<Coefficient>

  private enum Keys: String, CodingKey { case share, n, clusters }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(share, forKey: .share)
    try container.encode(n, forKey: .n)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try coefficients.encode(to: encoder)
  }
}

extension TruncatedRanking {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      share: try container.decode(Double.self, forKey: .share), n: try container.decode(Int.self, forKey: .n),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      coefficients: try ByCoefficient(from: decoder))
  }
}

/// The parts of concordant less discordant pairs that come from inside the best half by the target, from inside the worst half,
/// and from pairs with one row in each; see `ConcordanceByHalves`.
struct PairsByHalves: Codable, Sendable, Equatable {
  struct Part: Codable, Sendable, Equatable {
    /// Number of pairs.
    var pairs: Int
    /// Concordant less discordant ones.
    var concordance: Int
    /// Their share of those of all pairs.
    var share: Double
    /// The share that they have in a Gaussian copula.
    var reference: Double

    fileprivate init(_ part: ConcordanceByHalves.Part) {
      pairs = part.pairs
      concordance = part.concordance
      share = part.share
      reference = part.reference
    }
  }

  var bestHalf: Part
  var worstHalf: Part
  var between: Part

  init(_ halves: ConcordanceByHalves) {
    bestHalf = Part(halves.best)
    worstHalf = Part(halves.worst)
    between = Part(halves.between)
  }
}

import Documents
import Outcomes

/// The association of one metric with its target over pairs of equal size, and what it is ahead of baselines.
struct EqualSizeResults: Codable, Sendable, Equatable {
  /// A metric less a baseline, on the pairs of the rows in which both have a value.
  struct Difference: Codable, Sendable, Equatable {
    var n: Int
    var pairs: Int?
    /// The difference in Goodman and Kruskal's γ.
    var gamma: Estimate
    /// The difference in Somers' d.
    var somersD: Estimate
  }

  /// Rows with a metric, a target and a size.
  var rows: RowCounts
  /// Rows with a metric and a target and without a size.
  var withoutSize: Int
  /// Clusters that the rows are in; nil when they are in none.
  var clusters: Int?
  /// Pairs of equal size; nil when there is nothing to make them of.
  var pairs: Int?
  /// The share of these pairs that is tied in the metric; nil without pairs.
  var tiedMetric: Double?
  /// The share of these pairs that is tied in the target; nil without pairs.
  var tiedTarget: Double?
  /// Goodman and Kruskal's γ.
  var gamma: Estimate
  /// Somers' d.
  var somersD: Estimate
  /// The metric less each baseline, by the baseline's name; empty for a baseline.
  var minus: NamedValues<Difference>

  private enum Keys: String, CodingKey {
    case withoutSize, clusters, pairs, tiedMetric, tiedTarget, gamma, somersD, minus
  }

  func encode(to encoder: any Encoder) throws {
    try rows.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(withoutSize, forKey: .withoutSize)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try container.encodeIfPresent(pairs, forKey: .pairs)
    try container.encodeIfPresent(tiedMetric, forKey: .tiedMetric)
    try container.encodeIfPresent(tiedTarget, forKey: .tiedTarget)
    try container.encode(gamma, forKey: .gamma)
    try container.encode(somersD, forKey: .somersD)
    if !minus.names.isEmpty { try container.encode(minus, forKey: .minus) }
  }
}

extension EqualSizeResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      rows: try RowCounts(from: decoder), withoutSize: try container.decode(Int.self, forKey: .withoutSize),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      pairs: try container.decodeIfPresent(Int.self, forKey: .pairs),
      tiedMetric: try container.decodeIfPresent(Double.self, forKey: .tiedMetric),
      tiedTarget: try container.decodeIfPresent(Double.self, forKey: .tiedTarget),
      gamma: try container.decode(Estimate.self, forKey: .gamma),
      somersD: try container.decode(Estimate.self, forKey: .somersD),
      minus: try container.decodeIfPresent(NamedValues<Difference>.self, forKey: .minus) ?? NamedValues())
  }
}

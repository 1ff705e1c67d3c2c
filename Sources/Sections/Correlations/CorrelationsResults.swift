import Documents
import Outcomes
import Statistics

/// Coefficients of one metric with its target, and the counts behind them.
struct CoefficientResults: Codable, Sendable, Equatable {
  /// Coefficients under two policies for missing values, side by side.
  struct Policies: Codable, Sendable, Equatable {
    /// Rows without a value left out.
    var drop: ByCoefficient<Estimate>
    /// Rows without a value ranked worst.
    var worst: ByCoefficient<Estimate>
  }

  var rows: RowCounts
  /// Distinct values among the rows used; nil when there is no sample, as is `distinctTarget`.
  var distinctMetric: Int?
  var distinctTarget: Int?
  /// Shares of the pairs of rows used that are tied in the metric and in the target, in 0 … 1; nil when there is no sample.
  var tiedMetric: Double?
  var tiedTarget: Double?
  /// Clusters that the rows are in; nil when they are in none.
  var clusters: Int?
  var coefficients: ByCoefficient<Estimate>
  /// The coefficients under both policies; nil when no value is missing.
  var policies: Policies?

  private enum Keys: String, CodingKey {
    case distinctMetric, distinctTarget, tiedMetric, tiedTarget, clusters, policies
  }

  func encode(to encoder: any Encoder) throws {
    try rows.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encodeIfPresent(distinctMetric, forKey: .distinctMetric)
    try container.encodeIfPresent(distinctTarget, forKey: .distinctTarget)
    try container.encodeIfPresent(tiedMetric, forKey: .tiedMetric)
    try container.encodeIfPresent(tiedTarget, forKey: .tiedTarget)
    try container.encodeIfPresent(clusters, forKey: .clusters)
    try coefficients.encode(to: encoder)
    try container.encodeIfPresent(policies, forKey: .policies)
  }
}

extension CoefficientResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      rows: try RowCounts(from: decoder),
      distinctMetric: try container.decodeIfPresent(Int.self, forKey: .distinctMetric),
      distinctTarget: try container.decodeIfPresent(Int.self, forKey: .distinctTarget),
      tiedMetric: try container.decodeIfPresent(Double.self, forKey: .tiedMetric),
      tiedTarget: try container.decodeIfPresent(Double.self, forKey: .tiedTarget),
      clusters: try container.decodeIfPresent(Int.self, forKey: .clusters),
      coefficients: try ByCoefficient(from: decoder),
      policies: try container.decodeIfPresent(Policies.self, forKey: .policies))
  }
}

/// Partial coefficients of one metric with its target.
struct PartialResults: Codable, Sendable, Equatable {
  /// Rows with a value of the metric, the target and every column held fixed.
  var n: Int
  var kendall: Estimate
  var spearman: Estimate
}

/// Measures of one size of the top of a metric's ranking; see `TopMeasures`.
struct TopResults: Codable, Sendable, Equatable {
  var size: Int
  var precision: Double
  var regret: Double
  var ndcg: Double
  var bestRank: Double
  var worstRank: Double
}

/// Coefficients of every pair of members: for each coefficient a matrix, rows and columns in the order of `metrics`.
struct AgreementResults: Codable, Sendable, Equatable {
  /// The members' names.
  var metrics: [String]
  /// 1 on the diagonal, nil where a coefficient has no value.
  var matrices: ByCoefficient<[[Double?]]>

  private enum Keys: String, CodingKey { case metrics }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(metrics, forKey: .metrics)
    try matrices.encode(to: encoder)
  }

  /// A coefficient of two members, or why there is none.
  func value(_ coefficient: Coefficient, _ row: Int, _ column: Int) -> Outcome<Double> {
    guard let rows = matrices[coefficient], rows.indices.contains(row), rows[row].indices.contains(column),
      let value = rows[row][column]
    else { return .failure(Reason("the coefficient has no value")) }
    return .success(value)
  }
}

extension AgreementResults {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      metrics: try container.decode([String].self, forKey: .metrics), matrices: try ByCoefficient(from: decoder))
  }
}

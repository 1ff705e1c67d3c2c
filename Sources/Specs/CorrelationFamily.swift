/// Coefficients of association that a spec can ask for.
package enum CoefficientName: String, Sendable, Hashable, CaseIterable {
  /// Kendall's τ-b.
  case kendallTauB = "kendall-tau-b"
  /// Stuart's τ-c.
  case kendallTauC = "kendall-tau-c"
  /// Spearman's ρ on mid-ranks.
  case spearman
  /// Pearson's r.
  case pearson
  /// Vigna's weighted τ.
  case weightedTau = "weighted-tau"
  /// Yilmaz's τ_AP.
  case tauAP = "tau-ap"
}

/// What to do with rows where the metric or the target has no value.
package enum MissingRule: String, Sendable, Hashable, CaseIterable {
  /// Leave the row out.
  case drop
  /// Give the row the worst rank.
  case worst
  /// Fail the step.
  case error
}

/// The metrics of a family.
package enum MetricSelection: Sendable, Hashable {
  /// Every column of role `metric`.
  case all
  /// These columns.
  case columns([Located<String>])
}

/// A trivial predictor that stands beside the metrics.
package enum BaselineSpec: Sendable, Hashable {
  /// A column.
  case column(Located<String>)
  /// The order by the first column, ties broken by the second, and so on.
  case lexicographic(name: Located<String>, title: String?, columns: [Located<String>])
}

/// How intervals are made.
package struct IntervalSpec: Sendable, Hashable {
  /// The method.
  package enum Method: String, Sendable, Hashable, CaseIterable {
    /// Bias-corrected and accelerated bootstrap.
    case bca
    /// Percentile bootstrap.
    case percentile
  }

  /// The method; `bca` by default.
  package var method: Method
  /// Number of resamples, 100 … 1,000,000; 9,999 by default.
  package var resamples: Int
  /// Seed; 1 by default.
  package var seed: Seed
  /// Coverage, in (0.5, 1); 0.95 by default.
  package var level: Double
  /// Whether the rows of a cluster are resampled together, when the dataset has clusters; true by default.
  package var clustered: Bool
}

/// Measures of the top of the ranking.
package struct TopSpec: Sendable, Hashable {
  /// Sizes: a whole number ≥ 1 is a count, a number in (0, 1) a fraction.
  package var sizes: [Double]
}

/// Metrics and baselines correlated with one target.
package struct CorrelationFamily: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The target; the analysis' when nil.
  package var target: TargetUse?
  /// The metrics.
  package var metrics: MetricSelection
  /// The baselines.
  package var baselines: [BaselineSpec]
  /// The coefficients; τ-b, Spearman and Pearson by default.
  package var coefficients: [CoefficientName]
  /// How intervals are made; nil for none.
  package var interval: IntervalSpec?
  /// What happens to rows without a value; `drop` by default.
  package var missing: MissingRule
  /// Columns held fixed in partial Kendall and Spearman coefficients; none when empty.
  package var given: [Located<String>]
  /// Quantiles of the target at which the ranking is cut (share kept, best first, in (0, 1]); none when empty.
  package var truncation: [Double]
  /// Top-of-the-ranking measures; nil for none.
  package var top: TopSpec?
  /// Whether every pair of metrics and baselines is correlated too (for a heat map).
  package var agreement: Bool
}

/// Group summaries of columns: n, mean, standard deviation, median, minimum, maximum.
package struct SummarySpec: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The dataset's name in the analysis.
  package var dataset: Located<String>
  /// The columns that make the groups; one group of all rows when empty.
  package var groupBy: [Located<String>]
  /// The columns summarised.
  package var columns: [Located<String>]
}

import Diagnostics

/// A value with the place in the spec it was read from.
package struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  package var value: Value
  /// Where it stands.
  package var location: SourceLocation

  /// Creates a located value.
  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

/// A declarative analysis: which data, which statistics, which report.
package struct Analysis: Sendable, Hashable {
  /// The file it was read from, as the user named it.
  package var file: String
  /// Kebab-case identifier; names the report's folder.
  package var id: Located<String>
  /// The report's title.
  package var title: String
  /// One or two sentences under the title.
  package var summary: String?
  /// Keys of `data/references.bib`.
  package var references: [Located<String>]
  /// The tables used, in order.
  package var datasets: [DatasetUse]
  /// The default target of every part that has one.
  package var target: TargetUse?
  /// Architectures measured by the analysis, in order.
  package var measures: [MeasureSpec]
  /// Group summaries of columns, in order.
  package var summaries: [SummarySpec]
  /// Correlation families, in order.
  package var correlations: [CorrelationFamily]
  /// Intraclass correlations, in order.
  package var reliabilities: [ReliabilitySpec]
  /// Computed columns held against published ones, in order.
  package var comparisons: [ComparisonSpec]
  /// What features tell about a target, in order.
  package var effects: [EffectsSpec]
  /// Rule searches, in order.
  package var ruleSearches: [RuleSearchSpec]
  /// Reduced search spaces, in order.
  package var reductions: [ReductionSpec]
  /// Forensic checks of datasets, in order.
  package var forensics: [ForensicSpec]
  /// Differences between metrics, in order.
  package var differences: [DifferencesSpec]
  /// Coefficients inside strata, in order.
  package var strata: [StrataSpec]
  /// Architectures compared by samples of scores, in order.
  package var scoreSamples: [ScoreSamplesSpec]
  /// Printed numbers to check against recomputed ones, in order.
  package var published: [PublishedTable]
  /// Claims, in order.
  package var claims: [ClaimSpec]
  /// Claims that are judged together, in order.
  package var claimFamilies: [ClaimFamilySpec]
  /// The cells of the report, in order.
  package var report: [ReportCell]
}

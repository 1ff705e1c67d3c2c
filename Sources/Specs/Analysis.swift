import Diagnostics

/// A value with the place in the spec it was read from.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  public var value: Value
  /// Where it stands.
  public var location: SourceLocation

  /// Creates a located value.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

/// A declarative analysis: which data, which statistics, which report.
public struct Analysis: Sendable, Hashable {
  /// The file it was read from, as the user named it.
  public var file: String
  /// Kebab-case identifier; names the report's folder.
  public var id: Located<String>
  /// The report's title.
  public var title: String
  /// One or two sentences under the title.
  public var summary: String?
  /// Keys of `data/references.bib`.
  public var references: [Located<String>]
  /// The tables used, in order.
  public var datasets: [DatasetUse]
  /// The default target of every part that has one.
  public var target: TargetUse?
  /// Architectures measured by the analysis, in order.
  public var measures: [MeasureSpec]
  /// Group summaries of columns, in order.
  public var summaries: [SummarySpec]
  /// Correlation families, in order.
  public var correlations: [CorrelationFamily]
  /// Intraclass correlations, in order.
  public var reliabilities: [ReliabilitySpec]
  /// Computed columns held against published ones, in order.
  public var comparisons: [ComparisonSpec]
  /// What features tell about a target, in order.
  public var effects: [EffectsSpec]
  /// Rule searches, in order.
  public var ruleSearches: [RuleSearchSpec]
  /// Reduced search spaces, in order.
  public var reductions: [ReductionSpec]
  /// Forensic checks of datasets, in order.
  public var forensics: [ForensicSpec]
  /// Differences between metrics, in order.
  public var differences: [DifferencesSpec]
  /// Coefficients inside strata, in order.
  public var strata: [StrataSpec]
  /// Architectures compared by samples of scores, in order.
  public var scoreSamples: [ScoreSamplesSpec]
  /// Printed numbers to check against recomputed ones, in order.
  public var published: [PublishedTable]
  /// Claims, in order.
  public var claims: [ClaimSpec]
  /// Claims that are judged together, in order.
  public var claimFamilies: [ClaimFamilySpec]
  /// The cells of the report, in order.
  public var report: [ReportCell]
}

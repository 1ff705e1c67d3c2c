/// The kinds of step, each with the version of its implementation. Raise the version whenever the same parameters and
/// inputs would give other bytes: it is part of every key.
public enum StepKind: String, Sendable, Hashable, CaseIterable {
  /// A file of the catalogue, read into a table.
  case importing = "import"
  /// An imported table with rows selected, columns joined and clusters numbered.
  case table
  /// Architectures measured with every seed on every batch.
  case measure
  /// A measured table with a row for each run, or for each architecture.
  case measuredTable = "measured-table"
  /// Coefficients with intervals of one metric.
  case coefficients
  /// Partial coefficients of one metric.
  case partial
  /// Coefficients of one metric as the ranking is cut.
  case truncation
  /// Top-of-the-ranking measures of one metric.
  case top
  /// Coefficients of every pair of metrics of a family.
  case agreement
  /// Intraclass correlations of repeated measurements.
  case reliability
  /// Computed columns beside published ones.
  case comparison
  /// What features tell about a target.
  case effects
  /// Searches for rules.
  case ruleSearch = "rule-search"
  /// A forensic check of a table.
  case forensics
  /// Differences between metrics on the same rows.
  case differences
  /// Coefficients of one metric inside strata.
  case strata
  /// Reliability of a target inside strata.
  case strataReliability = "strata-reliability"
  /// Architectures compared by samples of scores.
  case scoreSamples = "score-samples"
  /// Group summaries.
  case summary
  /// A reduced search space evaluated.
  case reduction
  /// Every computed value of an analysis as one document.
  case results
  /// Printed numbers beside recomputed ones.
  case published
  /// Verdicts on claims.
  case claims
  /// A figure in every format.
  case figure
  /// The files of a report.
  case report

  /// Version of the implementation.
  public var version: Int {
    switch self {
    case .figure: 2
    default: 1
    }
  }

  /// Whether a failure may come from outside what the key describes, such as a file or the memory of this machine, so that it is tried
  /// again by every run.
  public var dependsOnMachine: Bool { self == .importing || self == .measure }
}

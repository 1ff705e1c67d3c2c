/// Coefficients of metrics with one target inside strata of the rows.
package struct StrataSpec: Sendable, Hashable {
  /// Coefficients that are pooled over strata.
  package static let coefficients: [CoefficientName] = [.kendallTauB, .spearman, .pearson]

  /// Metrics, baselines, target, coefficients and interval, as of a correlation family.
  package var family: CorrelationFamily
  /// The columns that make the strata.
  package var by: [Located<String>]
  /// The coefficient that would not matter, in (0, 1); nil when equivalence is not asked for.
  package var equivalenceMargin: Double?
  /// The columns that are the same for replicates, repeated trainings of one network; none when empty.
  package var replicates: [Located<String>]

  /// The name; results are addressed by it.
  package var name: Located<String> { family.name }
}

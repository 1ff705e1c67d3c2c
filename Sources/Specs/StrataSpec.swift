/// Coefficients of metrics with one target inside strata of the rows.
public struct StrataSpec: Sendable, Hashable {
  /// Coefficients that are pooled over strata.
  public static let coefficients: [CoefficientName] = [.kendallTauB, .spearman, .pearson]

  /// Metrics, baselines, target, coefficients and interval, as of a correlation family.
  public var family: CorrelationFamily
  /// The columns that make the strata.
  public var by: [Located<String>]
  /// The coefficient that would not matter, in (0, 1); nil when equivalence is not asked for.
  public var equivalenceMargin: Double?
  /// The columns that are the same for replicates, repeated trainings of one network; none when empty.
  public var replicates: [Located<String>]

  /// The name; results are addressed by it.
  public var name: Located<String> { family.name }
}

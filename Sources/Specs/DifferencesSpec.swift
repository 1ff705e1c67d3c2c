/// Differences between the coefficients of metrics with one target, on the same rows.
public struct DifferencesSpec: Sendable, Hashable {
  /// Tests of whether two coefficients are equal.
  public enum Test: String, Sendable, Hashable, CaseIterable {
    /// The paired bootstrap of the difference.
    case pairedBootstrap = "paired-bootstrap"
    /// Steiger (1980), of Pearson's r or Spearman's ρ.
    case steiger
    /// Meng, Rosenthal & Rubin (1992), of the same.
    case meng
    /// The interval of Zou (2007), of the same.
    case zou

    /// Whether it is made for Pearson's r.
    public var isParametric: Bool { self != .pairedBootstrap }
  }

  /// How coefficients are made comparable.
  public enum Orientation: String, Sendable, Hashable, CaseIterable {
    /// Signed: positive when a metric is as good as its declared direction promises.
    case declared
    /// Without signs.
    case magnitude
  }

  /// Metrics, baselines, target, the one coefficient and the interval, as of a correlation family.
  public var family: CorrelationFamily
  /// How the paired bootstrap is made: the interval of `family`, which is always there.
  public var interval: IntervalSpec
  /// The members that metrics are held against; every pair of members when empty.
  public var against: [Located<String>]
  /// How coefficients are made comparable; `declared` by default.
  public var orientation: Orientation
  /// The tests, named before the run; the paired bootstrap by default.
  public var tests: [Located<Test>]
  /// The difference that would not matter, in (0, 1); nil when equivalence is not asked for.
  public var equivalenceMargin: Double?
  /// How the p-values of the part's pairs, one family for each test, are adjusted; `holm` by default.
  public var adjustment: Adjustment

  /// The name; results are addressed by it.
  public var name: Located<String> { family.name }
}

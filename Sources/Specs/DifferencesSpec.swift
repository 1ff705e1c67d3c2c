/// Differences between the coefficients of metrics with one target, on the same rows.
package struct DifferencesSpec: Sendable, Hashable {
  /// Tests of whether two coefficients are equal.
  package enum Test: String, Sendable, Hashable, CaseIterable {
    /// The paired bootstrap of the difference.
    case pairedBootstrap = "paired-bootstrap"
    /// Steiger (1980), of Pearson's r or Spearman's ρ.
    case steiger
    /// Meng, Rosenthal & Rubin (1992), of the same.
    case meng
    /// The interval of Zou (2007), of the same.
    case zou

    /// Whether it is made for Pearson's r.
    package var isParametric: Bool { self != .pairedBootstrap }
  }

  /// How coefficients are made comparable.
  package enum Orientation: String, Sendable, Hashable, CaseIterable {
    /// Signed: positive when a metric is as good as its declared direction promises.
    case declared
    /// Without signs.
    case magnitude
  }

  /// Metrics, baselines, target, the one coefficient and the interval, as of a correlation family.
  package var family: CorrelationFamily
  /// How the paired bootstrap is made: the interval of `family`, which is always there.
  package var interval: IntervalSpec
  /// The members that metrics are held against; every pair of members when empty.
  package var against: [Located<String>]
  /// How coefficients are made comparable; `declared` by default.
  package var orientation: Orientation
  /// The tests, named before the run; the paired bootstrap by default.
  package var tests: [Located<Test>]
  /// The difference that would not matter, in (0, 1); nil when equivalence is not asked for.
  package var equivalenceMargin: Double?
  /// How the p-values of the part's pairs, one family for each test, are adjusted; `holm` by default.
  package var adjustment: Adjustment

  /// The name; results are addressed by it.
  package var name: Located<String> { family.name }
}

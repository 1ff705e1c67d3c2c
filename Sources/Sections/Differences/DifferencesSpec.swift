import Documents
import Specs
import Statistics

extension Orientation: FieldWord {}

/// Differences between the coefficients of metrics with one target, on the same rows.
package struct DifferencesSpec: MetricSection, ComputedSection {
  /// Tests of whether two coefficients are equal.
  package enum Test: String, FieldWord {
    /// The paired bootstrap of the difference.
    case pairedBootstrap = "paired-bootstrap"
    /// Steiger (1980), of Pearson's r or Spearman's ρ.
    case steiger
    /// Meng, Rosenthal & Rubin (1992), of the same.
    case meng
    /// The interval of Zou (2007), of the same.
    case zou

    /// True for tests made for Pearson's r, which are approximate for Spearman's ρ.
    var isParametric: Bool { self != .pairedBootstrap }
  }

  /// The words of `content` in the specs of its tables; without one, `differences`.
  enum Content: String, CaseIterable {
    case differences, coefficients
  }

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var metrics = ColumnSelection.all
  package var baselines: [BaselineSpec] = []
  /// The members that metrics are held against; every pair of members when empty.
  package var against: [Located<String>] = []
  /// What each member is held against, by its name, in place of `against`.
  package var pairs = Entries<RivalList>()
  package var coefficient = Coefficient.somersD
  package var orientation = Orientation.declared
  package var interval = IntervalSpec()
  /// The tests made of every pair; the paired bootstrap by default.
  package var tests: [Located<Test>] = [Located(.pairedBootstrap, at: Located<String>.unread.location)]
  /// The difference that would not matter, in (0, 1); nil when equivalence is not asked for.
  package var equivalenceMargin: Double?
  package var adjustment = AdjustedPValues.Method.holm
  /// Pairs whose p-values are adjusted together, by name; all pairs are one family where there is none.
  package var families = Entries<RivalList>()

  package init() {}

  package static let kind = SectionKind(
    "differences", noun: "differences part", "Differences between metrics on the same rows, by name.",
    contents: Content.allCases.map(\.rawValue), figures: DifferencesPart.figures.map(\.kind))
  package static let definition = "differences"
  package static let summary =
    "Differences between the coefficients of metrics with one target, on the rows that all of them have."
  package static let fields: [Field<DifferencesSpec>] =
    members + [
      .identifiers(
        "against", \.against, "Metrics or baselines that each metric is held against; every pair when left out."),
      .optional(
        "pairs", \.pairs, "What single metrics are held against, by their names; in place of `against`."),
      .optional("coefficient", \.coefficient, "The coefficient compared; by the default one ties are coin flips."),
      .optional(
        "orientation", \.orientation, "Whether coefficients count by their declared direction or by their magnitude."),
      .optional("interval", \.interval, "How the paired bootstrap is made."),
      .optional(
        "tests", \.tests, "Tests of equality; all but the bootstrap are for pearson and, approximately, spearman."),
      .margin(\.equivalenceMargin, "A difference that would not matter, stated beforehand."),
      .optional(
        "adjustment", \.adjustment,
        "How p-values are adjusted; the family is the part's pairs, unless `families` says otherwise."
      ),
      .optional(
        "families", \.families,
        "Families of tests by name, each the pairs held against these metrics or baselines; the other pairs are a family too."
      ),
    ]

  package func check(_ checks: inout AnalysisChecks) {
    checkMembers(&checks)
    if let name = against.first, !pairs.isEmpty {
      checks.report(
        "exclusive-keys", name, "`against` and `pairs` both say what is compared",
        reason: "`against` holds every metric against the same members, `pairs` single ones against their own",
        fix: "keep one of them")
    }
    guard coefficient != .pearson, coefficient != .spearman else { return }
    for test in tests where test.value.isParametric {
      checks.report(
        "unfitting-test", test, "\(test.value.rawValue) does not test \(coefficient.rawValue)",
        reason: "it is made for Pearson's r, and approximate for Spearman's ρ",
        fix: "set `coefficient: pearson` or `spearman`, or test by paired-bootstrap")
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let compared = lookup.compared(self, coefficients: [coefficient], interval: interval) else { return nil }
    return DifferencesPart(self, compared, &lookup)
  }
}

extension Field where Root: Keyed {
  /// A value that would not matter, for tests of equivalence.
  static func margin(_ path: Path<Double?>, _ summary: String) -> Field {
    .optional("equivalence-margin", path, summary, .number(0...1, exclusive: true))
  }
}

import Documents
import Specs
import Statistics

/// Coefficients of metrics with one target over the pairs of rows of about equal size.
package struct EqualSizeSpec: MetricSection, ComputedSection {
  /// The words of `content` in the specs of its tables; without one, `equal-size`.
  enum Content: String, CaseIterable {
    case equalSize = "equal-size"
    case differences
  }

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var metrics = ColumnSelection.all
  package var baselines: [BaselineSpec] = []
  /// The columns of sizes, in each of which a pair is close.
  package var by: [Located<String>] = []
  /// The largest difference of two sizes as a share of the larger one, itself left out; in (0, 1).
  package var within = 0.1
  /// Columns that have the same value in both rows of a pair.
  package var same: [Located<String>] = []
  /// The baselines that each metric is held against; all when empty.
  package var against: [Located<String>] = []
  package var orientation = Orientation.declared
  package var interval: IntervalSpec? = IntervalSpec()

  package init() {}

  package static let kind = SectionKind(
    "equal-size", noun: "equal-size part", "Coefficients over pairs of equal size, by name.",
    contents: Content.allCases.map(\.rawValue))
  package static let definition = "equal-size"
  package static let summary = "Coefficients of metrics with one target over the pairs of rows of about equal size."
  package static let fields: [Field<EqualSizeSpec>] =
    members + [
      .columns("by", \.by, "Columns of sizes; a pair is close in each.", isRequired: true, isNumeric: true),
      .optional(
        "within", \.within, "A pair is close when the smaller size is more than 1 less this of the larger.",
        .number(0...1, exclusive: true)),
      .columns("same", \.same, "Columns whose values are the same in both rows of a pair."),
      .identifiers("against", \.against, "Baselines that each metric is held against; all when left out."),
      .optional(
        "orientation", \.orientation, "Whether differences count by declared directions or by magnitudes."),
      .interval(\.interval, "Bootstrap intervals."),
    ]

  package func check(_ checks: inout AnalysisChecks) { checkMembers(&checks) }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let compared = lookup.compared(self, coefficients: [.somersD], interval: interval),
      let table = lookup.table(self.table(lookup.target))
    else { return nil }
    let titles = { (names: [Located<String>]) in names.compactMap { table.column($0.value)?.displayTitle } }
    return EqualSizePart(self, compared, sizes: titles(by), same: titles(same), &lookup)
  }
}

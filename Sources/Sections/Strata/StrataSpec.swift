import Documents
import Specs
import Statistics

/// Coefficients of metrics with one target inside strata of the rows.
package struct StrataSpec: MetricSection, ComputedSection {
  /// The words of `content` in the specs of its tables; without one, `within`.
  enum Content: String, CaseIterable {
    case within
    case eachStratum = "each-stratum"
    case replicates
  }

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var metrics = ColumnSelection.all
  package var baselines: [BaselineSpec] = []
  package var by: [Located<String>] = []
  package var coefficients: [Coefficient] = [.kendallTauB, .somersD, .spearman, .pearson]
  package var interval: IntervalSpec? = IntervalSpec()
  /// The coefficient that would not matter, in (0, 1); nil when equivalence is not asked for.
  package var equivalenceMargin: Double?
  /// The columns whose values are the same in repeated trainings of one network; nil without replicates.
  package var replicates: ReplicatesSpec?

  package init() {}

  package static let kind = SectionKind(
    "strata", noun: "strata part", "Coefficients inside strata, by name.", contents: Content.allCases.map(\.rawValue),
    figures: StrataPart.figures.map(\.kind))
  package static let definition = "strata"
  package static let summary = "Coefficients of metrics with one target inside strata, pooled and in each."
  package static let fields: [Field<StrataSpec>] =
    members + [
      .columns("by", \.by, "Columns whose values make the strata.", isRequired: true),
      .optional(
        "coefficients", \.coefficients, "Coefficients of association.",
        .list(.word(WithinStratum.coefficients.map(\.rawValue)), minimum: 1)),
      .interval(\.interval, "Bootstrap intervals, drawn inside strata."),
      .margin(\.equivalenceMargin, "A coefficient that would not matter, stated beforehand."),
      .optional(
        "replicates", \.replicates, "Replicates, for the reliability of the target and the noise ceiling."),
    ]

  package func shows(_ content: String) -> Bool {
    Content(rawValue: content) != .replicates || replicates != nil
  }

  package func check(_ checks: inout AnalysisChecks) {
    checkMembers(&checks)
    if equivalenceMargin != nil, interval == nil {
      checks.report(
        "needs-interval", name, "\(name.value) asks for equivalence without intervals",
        reason: "equivalence is judged by an interval", fix: "take `interval: none` out, or `equivalence-margin`")
    }
    let columns = Set(by.map(\.value))
    if let first = replicates?.by.first, replicates?.by.allSatisfy({ columns.contains($0.value) }) == true {
      checks.report(
        "no-replicates", first, "all rows of a stratum would be replicates of one another",
        fix: "name columns that tell the networks of a stratum apart")
    }
  }

  package func check(_ figure: FigureSpec, _ checks: inout AnalysisChecks) {
    guard let coefficient = figure.namedCoefficient, !coefficients.contains(coefficient) else { return }
    checks.report(
      "unknown-coefficient", figure.from, "\(name.value) does not compute \(coefficient.rawValue)",
      fix:
        "show one of \(coefficients.map(\.rawValue).joined(separator: ", ")): `coefficient: \(coefficients[0].rawValue)`"
    )
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let compared = lookup.compared(self, coefficients: coefficients, interval: interval),
      let table = lookup.table(self.table(lookup.target))
    else { return nil }
    return StrataPart(self, compared, columns: by.compactMap { table.column($0.value) }, &lookup)
  }
}

/// Rows that are trainings of one network: what differs between them is noise.
package struct ReplicatesSpec: Keyed {
  package var by: [Located<String>] = []

  package init() {}

  package static let definition = "replicates"
  package static let summary = "Rows that are trainings of one network: what differs between them is noise."
  package static let fields: [Field<ReplicatesSpec>] = [
    .columns("by", \.by, "Columns whose values are the same for replicates.", isRequired: true)
  ]
}

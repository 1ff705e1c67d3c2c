import Documents
import Expressions
import Specs
import Statistics

/// Metrics and baselines correlated with one target.
package struct CorrelationsSpec: MetricSection, ComputedSection {
  /// The words of `content` in the specs of its tables; without one, `coefficients`.
  enum Content: String, CaseIterable {
    case coefficients, missing, top, partial, truncation
    case truncationByMetric = "truncation-by-metric"
    case pairs, failed
  }

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var metrics = ColumnSelection.all
  package var baselines: [BaselineSpec] = []
  package var coefficients: [Coefficient] = [.kendallTauB, .somersD, .spearman, .pearson]
  package var interval: IntervalSpec?
  /// The adjustment of the p-values of the metrics' tie-neutral coefficients; the family is all metrics, baselines left out.
  package var adjustment = AdjustedPValues.Method.holm
  package var missing = MissingPolicy.drop
  /// Columns held fixed in partial Kendall and Spearman coefficients; none when empty.
  package var given: [Located<String>] = []
  /// The best shares of the ranking at which coefficients are computed again; none when nil.
  package var truncation: TruncationSpec?
  /// The rows that count as failed; nil when nothing tells them apart.
  package var failed: FailedSpec?
  package var top: TopSpec?
  package var agreement = false

  package init() {}

  package static let kind = SectionKind(
    "correlations", noun: "correlation family", "Correlation families, by name.",
    contents: Content.allCases.map(\.rawValue), figures: CorrelationsPart.figures.map(\.kind))
  package static let definition = "correlations"
  package static let summary = "Metrics and baselines correlated with one target."
  package static let fields: [Field<CorrelationsSpec>] =
    members + [
      .optional("coefficients", \.coefficients, "Coefficients of association."),
      .interval(\.interval),
      .optional(
        "adjustment", \.adjustment,
        "How the p-values of the metrics' tie-neutral coefficients are adjusted, where intervals are asked for; the family is all metrics."
      ),
      .optional("missing", \.missing, "What happens to rows without a value."),
      .columns("given", \.given, "Columns held fixed in partial coefficients.", isNumeric: true),
      .optional(
        "truncation", \.truncation,
        "Shares of the ranking kept, best first, at which coefficients are computed again."),
      .optional("failed", \.failed, "Rows that count as failed: a rule, or that with settings."),
      .optional("top", \.top, "Measures of the top of the ranking."),
      .optional("agreement", \.agreement, "Whether every pair of metrics is correlated too."),
    ]

  package func shows(_ content: String) -> Bool {
    switch Content(rawValue: content) {
    case .top: top != nil
    case .partial: !given.isEmpty
    case .truncation: truncation?.by.contains(.target) ?? false
    case .truncationByMetric: truncation?.by.contains(.metric) ?? false
    case .pairs: truncation != nil
    case .failed: failed != nil
    case .coefficients, .missing, nil: true
    }
  }

  package func check(_ checks: inout AnalysisChecks) {
    checkMembers(&checks)
    if let rule = failed?.rule { checks.checkExpression(rule) }
  }

  package func check(_ figure: FigureSpec, _ checks: inout AnalysisChecks) {
    if figure.kind == .heatMap, !agreement {
      checks.report(
        "needs-agreement", figure.from, "a heat map needs every pair of metrics",
        fix: "add `agreement: true` to \(name.value)")
    }
    if figure.kind == .truncation, truncation == nil {
      checks.report(
        "needs-truncation", figure.from, "\(name.value) has no truncation",
        fix: "add `truncation: [1, 0.5, 0.1]` to it")
    }
    if figure.kind == .top, top == nil {
      checks.report(
        "needs-top", figure.from, "\(name.value) has no top-of-ranking measures",
        fix: "add `top: {sizes: [10, 0.1]}` to it")
    }
    if figure.kind == .heatMap, figure.coefficient.symmetric != figure.coefficient {
      checks.report(
        "needs-symmetry", figure.from, "\(figure.coefficient.rawValue) is not symmetric, and a heat map has no target",
        reason: "it divides by the pairs that differ in one of the two columns",
        fix:
          "set `coefficient: \(figure.coefficient.symmetric.rawValue)`, which is computed for pairs of metrics instead")
      return
    }
    let known = figure.kind == .heatMap ? symmetricCoefficients : coefficients
    if let coefficient = figure.namedCoefficient ?? defaultCoefficient(figure), !known.contains(coefficient) {
      checks.report(
        "unknown-coefficient", figure.from, "\(name.value) does not compute \(coefficient.rawValue)",
        fix: "add it to the family's coefficients, or show one of \(known.map(\.rawValue).joined(separator: ", "))"
      )
    }
  }

  /// The coefficients of pairs of metrics, of which neither is the target: τ-a stands for Somers' d.
  var symmetricCoefficients: [Coefficient] {
    var seen: Set<Coefficient> = []
    return coefficients.map(\.symmetric).filter { seen.insert($0).inserted }
  }

  /// The coefficient of a figure that names none; nil where it is one of those computed.
  private func defaultCoefficient(_ figure: FigureSpec) -> Coefficient? {
    figure.kind == .forest ? nil : figure.coefficient
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    if let rule = failed?.rule, let expression = rule.expression, let table = lookup.table(table(lookup.target)) {
      let problems = ExpressionChecker.problems(expression, columns: table.columns, wanted: .truth, what: "the rule")
      for problem in problems { lookup.append(problem.diagnostic(at: rule.location(of: problem))) }
    }
    return lookup.compared(self, coefficients: coefficients, interval: interval, missing: missing).map {
      CorrelationsPart(spec: self, compared: $0)
    }
  }
}

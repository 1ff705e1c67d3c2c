import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// A rule search with the columns that its conditions are about.
package struct ResolvedRuleSearch: Sendable {
  /// How the spec describes it.
  package var spec: RuleSearchSpec
  /// The target.
  package var target: ResolvedTarget
  /// The columns, in order.
  package var features: [ColumnSchema]
  /// Whether rows are in clusters.
  package var isClustered: Bool

  /// The name for people.
  package var title: String { spec.title ?? spec.name.value }

  /// The top in words, such as `the best 10 %` or `the best 50`.
  var topTitle: String {
    spec.top < 1
      ? "the best \(NumberText.compact(spec.top * 100)) %" : "the best \(NumberText.grouped(spec.top) ?? "")"
  }
}

extension ResolvedRuleSearch: AnalysisPart {
  var name: String { spec.name.value }
  var steps: [any Step] { [RuleSearchStep(search: self)] }
  var seed: Int? { spec.seed.value }

  /// The output of the step after the title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    try inputs.json("rule-search/\(name)").titled(title)
  }

  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable {
    switch content {
    case .splits: tables.splits(self)
    case .front: tables.front(self)
    default: tables.rules(self)
    }
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    source.front(self, try inputs.json("rule-search/\(name)"))
  }
}

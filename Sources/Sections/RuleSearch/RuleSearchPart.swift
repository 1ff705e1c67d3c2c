import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Tables

/// A rule search with the columns that its conditions are about.
struct RuleSearchPart: AnalysisPart {
  /// How the spec describes it.
  let spec: RuleSearchSpec
  /// The target.
  let target: ResolvedTarget
  /// The columns, in order.
  let features: [ColumnSchema]
  /// Whether rows are in clusters.
  let isClustered: Bool

  /// The top in words, such as `the best 10 %` or `the best 50`.
  var topTitle: String {
    spec.top < 1
      ? "the best \(NumberText.compact(spec.top * 100)) %" : "the best \(NumberText.grouped(spec.top) ?? "")"
  }

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var step: RuleSearchStep { RuleSearchStep(search: self) }
  var steps: [any Step] { [step] }
  var seed: Int? { spec.seed.value }

  /// The output of the step after the title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue { try inputs.json(step.name).titled(title) }
}

import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A comparison with the titles of its pairs.
struct ComparisonPart: AnalysisPart {
  /// How the spec describes it.
  let spec: ComparisonSpec
  /// The titles of the pairs, in order.
  let titles: [String]

  /// The name for people.
  var title: String { spec.displayTitle }
  var name: String { spec.name.value }
  var steps: [any Step] { [ComparisonStep(comparison: self)] }
  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? spec.pairs.map(\.name.value) : nil
  }

  var figureColumns: (what: String, names: [String])? { ("pair", spec.pairs.map(\.name.value)) }

  /// The output of the step, each pair with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let known = Dictionary(zip(spec.pairs, titles).map { ($0.name.value, $1) }) { first, _ in first }
    return try inputs.json("comparison/\(name)").titled(known)
  }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable { context.comparison(self) }

  func figureInputs(_: FigureSpec) -> [StepInput] {
    [
      .table(spec.dataset.value),
      StepInput("comparison/\(name)", from: "comparison/\(name)"),
    ]
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    try source.rankRank(self, try inputs.table("table"), try inputs.json("comparison/\(name)"))
  }
}

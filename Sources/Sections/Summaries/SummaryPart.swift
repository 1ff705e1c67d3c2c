import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A group summary.
struct SummaryPart: AnalysisPart {
  /// How the spec describes it.
  let spec: SummarySpec
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var steps: [any Step] { [SummaryStep(spec: spec)] }
  var figureColumns: (what: String, names: [String])? { ("column", spec.columns.map(\.value)) }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable { context.summary(spec) }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    try source.groups(spec, try inputs.json("summary/\(name)"))
  }
}

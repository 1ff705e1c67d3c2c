import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A group summary.
struct ResolvedSummary {
  /// How the spec describes it.
  let spec: SummarySpec
}

extension ResolvedSummary: AnalysisPart {
  var name: String { spec.name.value }
  var title: String { spec.title ?? name }
  var steps: [any Step] { [SummaryStep(spec: spec)] }
  var figureColumns: (what: String, names: [String])? { ("column", spec.columns.map(\.value)) }

  func table(_: TableContent?, _ tables: ReportTables) -> ReportTable { tables.summary(spec) }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    try source.groups(spec, try inputs.json("summary/\(name)"))
  }
}

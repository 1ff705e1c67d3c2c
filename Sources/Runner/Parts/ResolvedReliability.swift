import Documents
import Figures
import Reports
import Specs
import Tables

/// A reliability with the columns it judges.
public struct ResolvedReliability: Sendable {
  /// How the spec describes it.
  public var spec: ReliabilitySpec
  /// The columns judged, in order.
  public var columns: [ColumnSchema]

  /// The name for people.
  public var title: String { spec.title ?? spec.name.value }
  /// The form with what the raters are, such as `ICC(2,1) over seed`.
  func label(_ table: ResolvedTable?) -> String {
    let raters = spec.rater.map { table?.column($0.value)?.displayTitle.lowercased() ?? $0.value }
    return "ICC(\(spec.form.rawValue)) over \(raters.joined(separator: " and "))"
  }
}

extension ResolvedReliability: AnalysisPart {
  var name: String { spec.name.value }
  var steps: [any Step] { [ReliabilityStep(reliability: self)] }
  var presentation: JSONValue { .record(["title": .string(title)]) }
  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? columns.map(\.name) + ["lowest", "highest"] : nil
  }

  var figureColumns: (what: String, names: [String])? { ("column", columns.map(\.name)) }

  func settings(of _: [Substring]) -> ValueSettings {
    ValueSettings(method: "F distribution", level: spec.level, policy: "drop")
  }

  func table(_: TableContent?, _ tables: ReportTables) -> ReportTable { tables.reliability(self) }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(StepFailure) -> ResolvedFigure {
    try source.reliability(self, try inputs.json("reliability/\(name)"))
  }
}

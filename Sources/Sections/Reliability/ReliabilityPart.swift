import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// A reliability with the columns it judges.
struct ReliabilityPart: AnalysisPart {
  /// How the spec describes it.
  let spec: ReliabilitySpec
  /// The columns judged, in order.
  let columns: [ColumnSchema]

  /// The table of the measurements.
  let table: KnownTable

  /// The name for people.
  var title: String { spec.displayTitle }
  /// The form with what the raters are, such as `ICC(2,1) over seed`.
  var label: String {
    let raters = spec.rater.map { table.column($0.value)?.displayTitle.lowercased() ?? $0.value }
    return "ICC(\(spec.form.rawValue)) over \(raters.joined(separator: " and "))"
  }
  var name: String { spec.name.value }
  var steps: [any Step] { [ReliabilityStep(reliability: self)] }
  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? columns.map(\.name) + ["lowest", "highest"] : nil
  }

  var figureColumns: (what: String, names: [String])? { ("column", columns.map(\.name)) }

  /// The output of the step, each column with its title, the lowest and the highest with that of their column.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(columns.map { ($0.name, $0.displayTitle) }) { first, _ in first }
    let members = try inputs.json("reliability/\(name)").members ?? []
    return .object(
      members.map { member in
        if let title = titles[member.key] { return JSONMember(key: member.key, value: member.value.titled(title)) }
        guard let column = member.value["column"]?.string else { return member }
        let others = (member.value.members ?? []).filter { $0.key != "column" }
        return JSONMember(key: member.key, value: JSONValue.object(others).titled(titles[column] ?? column))
      })
  }

  func settings(of _: [Substring]) -> ValueSettings {
    ValueSettings(method: "F distribution", level: spec.level, policy: "drop")
  }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable { context.reliability(self) }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    try source.reliability(self, try inputs.json("reliability/\(name)"))
  }
}

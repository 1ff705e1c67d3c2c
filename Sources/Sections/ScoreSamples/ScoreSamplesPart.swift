import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// Architectures compared by samples of scores, with the columns of scores.
struct ScoreSamplesPart: AnalysisPart {
  /// How the spec describes them.
  let spec: ScoreSamplesSpec
  /// The columns of scores, in order.
  let columns: [ColumnSchema]
  /// What the pairs are held against.
  let target: ResolvedTarget?
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var steps: [any Step] { columns.map { ScoreSamplesStep(part: self, column: $0) } }

  func valueNames(under path: [String]) -> [String]? { path.isEmpty ? columns.map(\.name) : nil }

  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for column in columns {
      let found = try inputs.json("score-samples/\(name)/\(column.name)").members ?? []
      values.append(
        JSONMember(
          key: column.name, value: .object([JSONMember(key: "title", value: .string(column.displayTitle))] + found)))
    }
    return .object(values)
  }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable { context.scoreSamples(self) }
}

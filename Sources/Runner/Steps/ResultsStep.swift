import Documents
import Outcomes
import Pipeline
import Sections

/// Gathers every computed value of an analysis under the names that prose and printed numbers refer to.
struct ResultsStep: SynchronousStep {
  let resolved: ResolvedAnalysis

  let name = "results"
  let kind = StepKind("results", version: 4)

  /// Everything that the results show besides the outputs of steps: the sources of tables, and the presentation of parts.
  var parameters: JSONValue {
    .record([
      "data": .object(
        resolved.tables.map { JSONMember(key: $0.name, value: Described.json(TableRecord.Source($0, resolved))) }),
      "parts": .object(resolved.parts.map { JSONMember(key: $0.name, value: $0.presentation) }),
    ])
  }

  var inputs: [StepInput] { resolved.tables.flatMap(TableRecord.inputs) + resolved.parts.flatMap(\.inputs) }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    var members: [JSONMember] = []
    for table in resolved.tables {
      members.append(
        JSONMember(key: table.name, value: try JSONValue(encoding: TableRecord(table, resolved, inputs))))
    }
    for part in resolved.parts {
      members.append(JSONMember(key: part.name, value: try part.values(inputs)))
    }
    return .json(.object(members))
  }
}

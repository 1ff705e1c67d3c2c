import Documents
import Outcomes
import Pipeline
import Sections
import Tables

/// Gathers every computed value of an analysis under the names that prose and printed numbers refer to.
struct ResultsStep: SynchronousStep {
  let resolved: ResolvedAnalysis

  let name = "results"
  let kind = StepKind("results", version: 2)

  /// What stands among the results besides the outputs of steps.
  var parameters: JSONValue {
    .record([
      "data": .object(resolved.tables.map { JSONMember(key: $0.name, value: .object(Self.source(of: $0, resolved))) }),
      "parts": .object(resolved.parts.map { JSONMember(key: $0.name, value: $0.presentation) }),
    ])
  }

  /// What the catalogue or the spec says of where a table comes from.
  private static func source(of table: ResolvedTable, _ resolved: ResolvedAnalysis) -> [JSONMember] {
    switch table.source {
    case .measured(let name, let isRuns):
      return isRuns ? [] : [JSONMember(key: "title", value: .string(resolved.measure(name)?.title ?? name))]
    case .dataset:
      guard let dataset = table.dataset, let file = table.file else { return [] }
      return [
        JSONMember(key: "dataset", value: .string(dataset.id)), JSONMember(key: "title", value: .string(dataset.title)),
        JSONMember(key: "file", value: .string(file.path)), JSONMember(key: "sha256", value: .string(file.digest)),
        JSONMember(key: "licence", value: .string(file.licence)),
      ]
    }
  }

  var inputs: [StepInput] {
    var inputs: [StepInput] = []
    for table in resolved.tables {
      let about = Self.about(table)
      if let about { inputs.append(StepInput(about, from: about, artifact: "report")) }
      inputs.append(StepInput("table/\(table.name)", from: "table/\(table.name)"))
      if let joins = Self.joins(table) {
        inputs.append(StepInput(joins, from: "table/\(table.name)", artifact: TableStep.joinsArtifact))
      }
    }
    return inputs + resolved.parts.flatMap(\.inputs)
  }

  /// The input that tells of a table's joins; nil without one.
  private static func joins(_ table: ResolvedTable) -> String? {
    table.use?.join.isEmpty == false ? "table/\(table.name)/joins" : nil
  }

  /// The step that reports on a table's rows; nil for the runs of a measurement, on which its architectures' step reports.
  private static func about(_ table: ResolvedTable) -> String? {
    switch table.source {
    case .dataset: "import/\(table.name)"
    case .measured(let name, let isRuns): isRuns ? nil : "measure/\(name)"
    }
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    var members: [JSONMember] = []
    for table in resolved.tables {
      let rows = try inputs.table("table/\(table.name)")
      var values = Self.source(of: table, resolved)
      if let about = Self.about(table) { values += try inputs.json(about).members ?? [] }
      values.append(JSONMember(key: "rows", value: .integer(rows.rowCount)))
      if let joins = Self.joins(table) { values.append(JSONMember(key: "joins", value: try inputs.json(joins))) }
      if let clusters = rows.clusters {
        values.append(JSONMember(key: "clusters", value: .integer(Set(clusters).count)))
      }
      for column in rows.columns where column.schema.role == .target {
        values.append(JSONMember(key: "\(column.schema.name)-missing", value: .integer(column.undefined.count)))
      }
      members.append(JSONMember(key: table.name, value: .object(values)))
    }
    for part in resolved.parts {
      members.append(JSONMember(key: part.name, value: try part.values(inputs)))
    }
    return .json(.object(members))
  }
}

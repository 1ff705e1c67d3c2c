import Documents
import Tables

/// Gathers every computed value of an analysis under the names that prose and printed numbers refer to.
struct ResultsStep: SynchronousStep {
  let resolved: ResolvedAnalysis

  let name = "results"
  let kind = StepKind.results

  private var referenced: ReferencedValues { ReferencedValues(resolved.analysis) }

  var parameters: JSONValue {
    .record([
      "parts": .array(
        resolved.parts.map { part in
          [
            "name": .string(part.name), "presentation": part.presentation,
            "gathered": .array(part.inputs(referenced).map { .string($0.name) }),
          ]
        }),
      "highlights": .array(
        resolved.parts.map { "\($0.name).\(FamilyHighlights.best)" }.filter { referenced.contains(under: $0) }.map {
          .string($0)
        }),
    ])
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
    let referenced = referenced
    return inputs + resolved.parts.flatMap { $0.inputs(referenced) }
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

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    var members: [JSONMember] = []
    for table in resolved.tables {
      let rows = try inputs.table("table/\(table.name)")
      var values: [JSONMember] = []
      if let about = Self.about(table) { values = try inputs.json(about).members ?? [] }
      values.append(JSONMember(key: "rows", value: .integer(rows.rowCount)))
      if let joins = Self.joins(table) { values.append(JSONMember(key: "joins", value: try inputs.json(joins))) }
      if case .integer(let clusters) = rows[TableStep.clusterColumn]?.storage {
        values.append(JSONMember(key: "clusters", value: .integer(Set(clusters).count)))
      }
      for column in rows.columns where column.schema.role == .target {
        values.append(JSONMember(key: "\(column.schema.name)-missing", value: .integer(column.undefined.count)))
      }
      members.append(JSONMember(key: table.name, value: .object(values)))
    }
    let referenced = referenced
    for part in resolved.parts {
      members.append(JSONMember(key: part.name, value: try part.values(inputs, referenced)))
    }
    return .json(.object(members))
  }
}

import Documents
import Tables

/// Gathers every computed value of an analysis under the names that prose and printed numbers refer to.
struct ResultsStep: Step {
  let resolved: ResolvedAnalysis

  let name = "results"
  let kind = StepKind.results

  var parameters: JSONValue {
    .record([
      "families": .array(
        resolved.families.map { family in
          [
            "name": .string(family.name), "target": .string(family.target.column),
            "target-better": .string(family.target.better.rawValue),
            "members": .array(
              family.members.map {
                [
                  "name": .string($0.name), "title": .string($0.title), "baseline": .bool($0.isBaseline),
                  "better": .string($0.better?.rawValue ?? ""),
                ]
              }),
          ]
        })
    ])
  }

  var inputs: [StepInput] {
    var inputs: [StepInput] = []
    for table in resolved.tables {
      inputs.append(StepInput("import/\(table.name)", from: "import/\(table.name)", artifact: "report"))
      inputs.append(StepInput("table/\(table.name)", from: "table/\(table.name)"))
    }
    for family in resolved.families {
      for member in family.members {
        for part in Self.parts(of: family) {
          inputs.append(
            StepInput("\(part)/\(family.name)/\(member.name)", from: "\(part)/\(family.name)/\(member.name)"))
        }
      }
    }
    return inputs
      + resolved.analysis.summaries.map { StepInput("summary/\($0.name.value)", from: "summary/\($0.name.value)") }
  }

  static func parts(of family: ResolvedFamily) -> [String] {
    ["coefficients"] + (family.spec.given.isEmpty ? [] : ["partial"])
      + (family.spec.truncation.isEmpty ? [] : ["truncation"])
      + (family.spec.top == nil ? [] : ["top"])
  }

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    var members: [JSONMember] = []
    for table in resolved.tables {
      let rows = try inputs.table("table/\(table.name)")
      var values = try inputs.json("import/\(table.name)").members ?? []
      values.append(JSONMember(key: "rows", value: .integer(rows.rowCount)))
      if case .integer(let clusters) = rows[TableStep.clusterColumn]?.storage {
        values.append(JSONMember(key: "clusters", value: .integer(Set(clusters).count)))
      }
      for column in rows.columns where column.schema.role == .target {
        values.append(JSONMember(key: "\(column.schema.name)-missing", value: .integer(column.undefined.count)))
      }
      members.append(JSONMember(key: table.name, value: .object(values)))
    }
    for summary in resolved.analysis.summaries {
      members.append(JSONMember(key: summary.name.value, value: try inputs.json("summary/\(summary.name.value)")))
    }
    for family in resolved.families {
      members.append(JSONMember(key: family.name, value: try values(of: family, inputs)))
    }
    return .json(.object(members))
  }

  private func values(of family: ResolvedFamily, _ inputs: StepInputs) throws(StepFailure) -> JSONValue {
    var values: [JSONMember] = []
    for member in family.members {
      var parts: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: member.isBaseline ? "baseline" : "metric"),
        JSONMember(key: "declared-better", value: .string(member.better?.rawValue ?? "none")),
      ]
      for part in Self.parts(of: family) {
        let value = try inputs.json("\(part)/\(family.name)/\(member.name)")
        if part == "coefficients" || part == "top" {
          parts += value.members ?? []
        } else {
          parts.append(JSONMember(key: part, value: value))
        }
      }
      values.append(JSONMember(key: member.name, value: .object(parts)))
    }
    return .object(values)
  }
}

import Documents
import Tables

/// Gathers every computed value of an analysis under the names that prose and printed numbers refer to.
struct ResultsStep: SynchronousStep {
  let resolved: ResolvedAnalysis

  let name = "results"
  let kind = StepKind.results

  var parameters: JSONValue {
    let referenced = ReferencedValues(resolved.analysis)
    let families = resolved.families.map { family -> JSONValue in
      var members: [JSONMember] = [
        JSONMember(key: "name", value: .string(family.name)),
        JSONMember(key: "target", value: .string(family.target.column)),
        JSONMember(key: "target-better", value: .string(family.target.better.rawValue)),
        JSONMember(
          key: "members",
          value: .array(
            family.members.map {
              [
                "name": .string($0.name), "title": .string($0.title), "baseline": .bool($0.isBaseline),
                "better": .string($0.better?.rawValue ?? ""),
              ]
            })),
      ]
      let highlights = [FamilyHighlights.best, FamilyHighlights.agreement].filter {
        referenced.contains(under: "\(family.name).\($0)")
      }
      if !highlights.isEmpty {
        members.append(JSONMember(key: "highlights", value: .array(highlights.map { .string($0) })))
      }
      return .object(members)
    }
    return .record(["families": .array(families)])
  }

  private func needsAgreement(_ family: ResolvedFamily) -> Bool {
    family.spec.agreement
      && ReferencedValues(resolved.analysis).contains(under: "\(family.name).\(FamilyHighlights.agreement)")
  }

  var inputs: [StepInput] {
    var inputs: [StepInput] = []
    for table in resolved.tables {
      let about = Self.about(table)
      if let about { inputs.append(StepInput(about, from: about, artifact: "report")) }
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
    for family in resolved.families where needsAgreement(family) {
      inputs.append(StepInput("agreement/\(family.name)", from: "agreement/\(family.name)"))
    }
    let others =
      resolved.reliabilities.map { "reliability/\($0.spec.name.value)" }
      + resolved.comparisons.map { "comparison/\($0.spec.name.value)" }
    return inputs + others.map { StepInput($0, from: $0) }
      + resolved.analysis.summaries.map { StepInput("summary/\($0.name.value)", from: "summary/\($0.name.value)") }
  }

  /// The step that reports on a table's rows; nil for the runs of a measurement, on which its architectures' step reports.
  private static func about(_ table: ResolvedTable) -> String? {
    switch table.source {
    case .dataset: "import/\(table.name)"
    case .measured(let name, let isRuns): isRuns ? nil : "measure/\(name)"
    }
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
      var values: [JSONMember] = []
      if let about = Self.about(table) { values = try inputs.json(about).members ?? [] }
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
    for reliability in resolved.reliabilities {
      let name = reliability.spec.name.value
      members.append(JSONMember(key: name, value: try inputs.json("reliability/\(name)")))
    }
    for comparison in resolved.comparisons {
      let name = comparison.spec.name.value
      members.append(JSONMember(key: name, value: try inputs.json("comparison/\(name)")))
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
    let names = Set(family.members.map(\.name))
    if ReferencedValues(resolved.analysis).contains(under: "\(family.name).\(FamilyHighlights.best)"),
      !names.contains(FamilyHighlights.best), let best = FamilyHighlights(family: family).best(values)
    {
      values.append(JSONMember(key: FamilyHighlights.best, value: best))
    }
    if needsAgreement(family), !names.contains(FamilyHighlights.agreement) {
      let matrices = try inputs.json("agreement/\(family.name)")
      values.append(
        JSONMember(
          key: FamilyHighlights.agreement, value: FamilyHighlights(family: family).agreement(matrices)))
    }
    return .object(values)
  }
}

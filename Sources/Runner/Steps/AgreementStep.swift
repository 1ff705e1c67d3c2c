import Documents
import Statistics

/// Coefficients of every pair of members of a family, on the rows where both have values.
struct AgreementStep: SynchronousStep {
  let family: ResolvedFamily
  let kind = StepKind("agreement", version: 1)

  var name: String { "agreement/\(family.name)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(family.target.dataset)")] }

  var parameters: JSONValue {
    .record([
      "metrics": .array(family.members.map(\.source.parameters)),
      "coefficients": .array(family.spec.coefficients.map { .string($0.rawValue) }),
    ])
  }

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    var columns: [[Double?]] = []
    for member in family.members {
      columns.append(try FamilyColumns(family: family, member: member).pairs(inputs).metric)
    }
    let coefficients = family.spec.coefficients.compactMap { Coefficient(rawValue: $0.rawValue) }
    let matrices = coefficients.map { coefficient -> JSONMember in
      let rows = columns.indices.map { left -> JSONValue in
        .array(
          columns.indices.map { right -> JSONValue in
            if left == right { return .number(1) }
            let both = columns[left].indices.filter { columns[left][$0] != nil && columns[right][$0] != nil }
            return FamilyColumns.json { () throws(Undefined) in
              try coefficient.value(
                PairedSample(x: both.compactMap { columns[left][$0] }, y: both.compactMap { columns[right][$0] }))
            }["value"] ?? .null
          })
      }
      return JSONMember(key: coefficient.rawValue, value: .array(rows))
    }
    return .json(
      .object([JSONMember(key: "metrics", value: .array(family.members.map { .string($0.name) }))] + matrices))
  }
}

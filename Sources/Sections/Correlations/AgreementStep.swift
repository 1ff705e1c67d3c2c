import Documents
import Outcomes
import Pipeline
import Statistics

/// Coefficients of every pair of members of a family, on the rows where both have values.
struct AgreementStep: SynchronousStep {
  let family: ComparedMetrics
  let kind = StepKind("agreement", version: 2)

  var name: String { "agreement/\(family.name)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(family.target.dataset)")] }

  var parameters: JSONValue {
    let isTopWeighted = family.coefficients.contains(where: \.isTopWeighted)
    let ends = family.members.map { JSONValue.string(($0.better ?? .higher).rawValue) }
    return .object(
      [
        JSONMember(key: "metrics", value: .array(family.members.map(\.source.parameters))),
        JSONMember(key: "coefficients", value: .array(family.coefficients.map { .string($0.rawValue) })),
      ] + (isTopWeighted ? [JSONMember(key: "better", value: .array(ends))] : []))
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    var columns: [[Double?]] = []
    var ends: [SampleColumn] = []
    for member in family.members {
      let pairs = try FamilyColumns(family: family, member: member).pairs(inputs)
      columns.append(pairs.metric)
      ends.append(pairs.first)
    }
    let matrices = family.coefficients.map { coefficient -> JSONMember in
      let rows = columns.indices.map { left -> JSONValue in
        .array(
          columns.indices.map { right -> JSONValue in
            if left == right { return .number(1) }
            let both = columns[left].indices.filter { columns[left][$0] != nil && columns[right][$0] != nil }
            return FamilyColumns.json { () throws(Reason) in
              try coefficient.value(
                PairedSample(
                  x: both.compactMap { columns[left][$0] }, y: both.compactMap { columns[right][$0] },
                  first: ends[left], second: ends[right]))
            }["value"] ?? .null
          })
      }
      return JSONMember(key: coefficient.rawValue, value: .array(rows))
    }
    return .json(
      .object([JSONMember(key: "metrics", value: .array(family.members.map { .string($0.name) }))] + matrices))
  }
}

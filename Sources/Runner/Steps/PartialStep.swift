import Documents
import Outcomes
import Pipeline
import Statistics

/// Partial Kendall and Spearman coefficients of one metric given columns.
struct PartialStep: SynchronousStep {
  let columns: FamilyColumns
  let kind = StepKind("partial", version: 2)

  var name: String { "partial/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "given", value: .array(columns.family.spec.given.map { .string($0.value) }))
      ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let table = try inputs.table("table")
    var given: [[Double?]] = []
    for name in columns.family.spec.given {
      guard let column = table[name.value] else { throw Reason("no column \(name.value)") }
      given.append(column.offsets.values)
    }
    let rows = pairs.completeRows.filter { row in given.allSatisfy { $0[row] != nil } }
    let isGiven = columns.family.spec.given.contains { columns.member.source == .column($0.value) }
    func partial(_ coefficient: Coefficient) -> JSONValue {
      guard !isGiven else { return ["undefined": "the metric is one of the given columns"] }
      return FamilyColumns.json { () throws(Reason) in
        try Partial.value(
          coefficient, x: rows.compactMap { pairs.metric[$0] }, y: rows.compactMap { pairs.target[$0] },
          given: given.map { column in rows.compactMap { column[$0] } },
          names: columns.family.spec.given.map(\.value))
      }
    }
    return .json(["n": .integer(rows.count), "kendall": partial(.kendallTauB), "spearman": partial(.spearman)])
  }
}

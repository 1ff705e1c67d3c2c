import Documents
import Outcomes
import Pipeline
import Statistics

/// Partial Kendall and Spearman coefficients of one metric given columns.
struct PartialStep: SynchronousStep {
  let columns: FamilyColumns
  /// The columns held fixed.
  let given: [String]
  let kind = StepKind("partial", version: 2)

  var name: String { "partial/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "given", value: .array(given.map { .string($0) }))
      ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let table = try inputs.table("table")
    var fixed: [[Double?]] = []
    for name in given {
      guard let column = table[name] else { throw Reason("no column \(name)") }
      fixed.append(column.offsets.values)
    }
    let rows = pairs.completeRows.filter { row in fixed.allSatisfy { $0[row] != nil } }
    let isGiven = given.contains { columns.member.source == .column($0) }
    func partial(_ coefficient: Coefficient) -> JSONValue {
      guard !isGiven else { return ["undefined": "the metric is one of the given columns"] }
      return FamilyColumns.json { () throws(Reason) in
        try Partial.value(
          coefficient, x: rows.compactMap { pairs.metric[$0] }, y: rows.compactMap { pairs.target[$0] },
          given: fixed.map { column in rows.compactMap { column[$0] } },
          names: given)
      }
    }
    return .json(["n": .integer(rows.count), "kendall": partial(.kendallTauB), "spearman": partial(.spearman)])
  }
}

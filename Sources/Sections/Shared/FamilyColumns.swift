import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Reads a member and the target of a family from a table.
struct FamilyColumns {
  let family: ComparedMetrics
  let member: FamilyMember

  /// What a step depends on: member, target, direction, policy.
  var parameters: [JSONMember] {
    [
      JSONMember(key: "metric", value: member.source.parameters),
      JSONMember(key: "metric-better", value: .string((member.better ?? .higher).rawValue)),
      JSONMember(key: "target", value: .string(family.target.column)),
      JSONMember(key: "target-better", value: .string(family.target.better.rawValue)),
      JSONMember(key: "missing", value: .string(family.missing.rawValue)),
    ]
  }

  var input: StepInput { .table(family.target.dataset) }

  var policy: MissingPolicy { family.missing }

  func pairs(_ inputs: StepInputs) throws(Reason) -> PairedColumns {
    let table = try inputs.table("table")
    guard let target = table[family.target.column] else { throw Reason("no column \(family.target.column)") }
    return PairedColumns(
      metric: try member.source.numbers(in: table), target: target.offsets.values,
      metricHigherIsBetter: member.better != .lower,
      targetHigherIsBetter: family.target.better == .higher, clusters: family.isClustered ? table.clusters : nil)
  }

  var coefficients: [Coefficient] { family.coefficients }

  /// A value, or the reason for none.
  static func json(_ body: () throws(Reason) -> Double) -> JSONValue {
    do throws(Reason) {
      let value = try body()
      return value.isFinite ? ["value": .number(value)] : ["undefined": "not a finite number"]
    } catch {
      return ["undefined": .string(error.text)]
    }
  }
}

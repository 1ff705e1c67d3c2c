import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Reads a member and the target of a family from a table.
struct FamilyColumns {
  let family: ResolvedFamily
  let member: FamilyMember

  /// What a step depends on: member, target, direction, policy.
  var parameters: [JSONMember] {
    [
      JSONMember(key: "metric", value: member.source.parameters),
      JSONMember(key: "metric-better", value: .string((member.better ?? .higher).rawValue)),
      JSONMember(key: "target", value: .string(family.target.column)),
      JSONMember(key: "target-better", value: .string(family.target.better.rawValue)),
      JSONMember(key: "missing", value: .string(family.spec.missing.rawValue)),
    ]
  }

  var input: StepInput { StepInput("table", from: "table/\(family.target.dataset)") }

  var policy: MissingPolicy {
    switch family.spec.missing {
    case .drop: .drop
    case .worst: .worst
    case .error: .error
    }
  }

  func pairs(_ inputs: StepInputs) throws(Reason) -> PairedColumns {
    let table = try inputs.table("table")
    guard let target = table[family.target.column] else { throw Reason("no column \(family.target.column)") }
    var clusters: [Int]?
    if family.isClustered, case .integer(let numbers) = table[TableStep.clusterColumn]?.storage { clusters = numbers }
    return PairedColumns(
      metric: try member.source.numbers(in: table), target: target.offsets.values,
      metricHigherIsBetter: member.better != .lower,
      targetHigherIsBetter: family.target.better == .higher, clusters: clusters)
  }

  var coefficients: [Coefficient] { family.spec.coefficients.compactMap { Coefficient(rawValue: $0.rawValue) } }

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

import Documents
import Specs
import Statistics
import Tables

/// Reliability of a target from replicates, in each stratum and inside all of them: what correlations in a stratum have to be
/// read against.
struct StrataReliabilityStep: SynchronousStep {
  let part: ResolvedStrata
  let kind = StepKind.strataReliability

  var name: String { "strata-reliability/\(part.name)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(part.family.target.dataset)")] }

  private var level: Double { part.family.spec.interval?.level ?? 0.95 }

  var parameters: JSONValue {
    .record([
      "target": .string(part.family.target.column), "by": .array(part.spec.by.map { .string($0.value) }),
      "replicates": .array(part.spec.replicates.map { .string($0.value) }), "level": .number(level),
    ])
  }

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    let table = try inputs.table("table")
    guard let target = table[part.family.target.column]?.numbers else {
      throw StepFailure("no column \(part.family.target.column)")
    }
    let strata = try StratumRows(table, by: part.spec.by.map(\.value))
    // Replicates may lack a value alike, as networks of two layers lack a third.
    let groups = table.groups(by: part.spec.replicates.map(\.value))
    var values = strata.labels.map { _ in [Int: [Double]]() }
    for row in target.indices {
      guard let stratum = strata.numbers[row], let value = target[row] else { continue }
      values[stratum][groups[row], default: []].append(value)
    }
    let sorted = values.map { groups in groups.sorted { $0.key < $1.key }.map(\.value) }
    let each = strata.labels.indices.map { stratum in
      JSONMember(
        key: strata.keys[stratum],
        value: .object(
          [JSONMember(key: "group", value: .array(strata.labels[stratum].parts.map { .string($0) }))]
            + members([sorted[stratum]])))
    }
    return .json(
      .object([
        JSONMember(key: "pooled", value: .object(members(sorted))), JSONMember(key: "each", value: .object(each)),
      ]))
  }

  private func members(_ strata: [[[Double]]]) -> [JSONMember] {
    let count = strata.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    let made: ReplicateReliability
    do throws(Undefined) { made = try ReplicateReliability(strata: strata, level: level) } catch {
      return [
        JSONMember(key: "n", value: .integer(count)),
        JSONMember(key: "groups", value: .integer(strata.reduce(0) { $0 + $1.count })),
      ]
        + ["reliability", "icc", "noise-ceiling", "kendall-noise-ceiling"].map {
          JSONMember(key: $0, value: ["undefined": .string(error.reason)])
        }
    }
    return [
      JSONMember(key: "n", value: .integer(made.count)), JSONMember(key: "groups", value: .integer(made.groupCount)),
      JSONMember(key: "replicated", value: .integer(made.replicatedCount)),
      JSONMember(key: "error-deviation", value: .finite(made.errorDeviation)),
      JSONMember(key: "reliability", value: .estimate(.success(made.reliability))),
      JSONMember(key: "icc", value: .estimate(.success(made.intraclassCorrelation), interval: made.interval)),
      JSONMember(
        key: "noise-ceiling",
        value: .estimate(Result { () throws(Undefined) in try made.noiseCeiling() })),
      JSONMember(
        key: "kendall-noise-ceiling",
        value: .estimate(Result { () throws(Undefined) in try made.kendallNoiseCeiling() })),
    ]
  }
}

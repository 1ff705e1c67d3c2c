import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Reliability of a target from replicates, in each stratum and inside all of them: what correlations in a stratum have to be
/// read against.
struct StrataReliabilityStep: SynchronousStep {
  let part: StrataPart
  let kind = StepKind("strata-reliability", version: 3)

  var name: String { "strata-reliability/\(part.name)" }

  var inputs: [StepInput] { [.table(part.family.target.dataset)] }

  private var level: Double { part.level }

  var parameters: JSONValue {
    .record([
      "target": .string(part.family.target.column), "by": .array(part.spec.by.map { .string($0.value) }),
      "replicates": part.spec.replicates.canonical, "level": .number(level),
    ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let table = try inputs.table("table")
    guard let target = table[part.family.target.column]?.offsets.values else {
      throw Reason("no column \(part.family.target.column)")
    }
    let strata = try StratumRows(table, by: part.spec.by.map(\.value))
    // Replicates may lack a value alike, as networks of two layers lack a third.
    let groups = table.groups(by: (part.spec.replicates?.by ?? []).map(\.value))
    var values = strata.labels.map { _ in [Int: [Double]]() }
    for row in target.indices {
      guard let stratum = strata.numbers[row], let value = target[row] else { continue }
      values[stratum][groups[row], default: []].append(value)
    }
    let sorted = values.map { groups in groups.sorted { $0.key < $1.key }.map(\.value) }
    let found = sorted.map { groups in
      Result { () throws(Reason) in try ReplicateReliability(groups, level: level) }
    }
    let each = strata.labels.indices.map { stratum in
      JSONMember(
        key: strata.keys[stratum],
        value: .object(
          [JSONMember(key: "group", value: .array(strata.labels[stratum].parts.map { .string($0) }))]
            + members(of: found[stratum], sorted[stratum])))
    }
    return .json(
      .object([
        JSONMember(key: "pooled", value: .object(pooled(found.compactMap { try? $0.get() }))),
        JSONMember(key: "each", value: .object(each)),
      ]))
  }

  private static let keys = ["reliability", "icc", "noise-ceiling", "kendall-noise-ceiling"]

  private func members(
    of found: Result<ReplicateReliability, Reason>, _ groups: [[Double]]
  ) -> [JSONMember] {
    switch found {
    case .failure(let undefined):
      [
        JSONMember(key: "n", value: .integer(groups.reduce(0) { $0 + $1.count })),
        JSONMember(key: "groups", value: .integer(groups.count)),
      ] + Self.keys.map { JSONMember(key: $0, value: ["undefined": .string(undefined.text)]) }
    case .success(let made):
      [
        JSONMember(key: "n", value: .integer(made.count)), JSONMember(key: "groups", value: .integer(made.groupCount)),
        JSONMember(key: "replicated", value: .integer(made.replicatedCount)),
        JSONMember(key: "standard-deviation", value: .finite(made.standardDeviation)),
        JSONMember(key: "error-deviation", value: .finite(made.errorDeviation)),
        JSONMember(key: "reliability", value: .estimate(made.reliability)),
        JSONMember(key: "icc", value: Self.intraclass(made)),
      ] + ceilings { () throws(Reason) in try made.noiseCeiling() }
    }
  }

  private func pooled(_ strata: [ReplicateReliability]) -> [JSONMember] {
    do throws(Reason) {
      let made = try PooledReliability(strata)
      return [
        JSONMember(key: "n", value: .integer(made.count)), JSONMember(key: "strata", value: .integer(made.strataCount)),
        JSONMember(key: "groups", value: .integer(strata.reduce(0) { $0 + $1.groupCount })),
        JSONMember(key: "replicated", value: .integer(strata.reduce(0) { $0 + $1.replicatedCount })),
        JSONMember(key: "reliability", value: .estimate(made.value)),
      ] + ceilings { () throws(Reason) in try made.noiseCeiling() }
    } catch {
      return Self.keys.filter { $0 != "icc" }.map {
        JSONMember(key: $0, value: ["undefined": .string(error.text)])
      }
    }
  }

  private func ceilings(_ ceiling: () throws(Reason) -> Double) -> [JSONMember] {
    let value = Result { () throws(Reason) in try ceiling() }
    return [
      JSONMember(key: "noise-ceiling", value: .estimate(value)),
      JSONMember(key: "kendall-noise-ceiling", value: .estimate(value.map { Greiner.kendall($0) })),
    ]
  }

  private static func intraclass(_ made: ReplicateReliability) -> JSONValue {
    let value = JSONMember(key: "value", value: .finite(made.intraclassCorrelation))
    switch made.interval {
    case .success(let interval):
      return .object([
        value, JSONMember(key: "lower", value: .finite(interval.lower)),
        JSONMember(key: "upper", value: .finite(interval.upper)),
      ])
    case .failure(let undefined):
      return .object([value, JSONMember(key: "interval-undefined", value: .string(undefined.text))])
    }
  }
}

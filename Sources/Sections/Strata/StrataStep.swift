import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Coefficients of one metric with its target on all rows of the strata, pooled inside strata, and in each.
struct StrataStep: SynchronousStep {
  let part: StrataPart
  let member: FamilyMember
  let kind = StepKind("strata", version: 3)

  private var columns: FamilyColumns { FamilyColumns(family: part.family, member: member) }

  private var family: ComparedMetrics { part.family }

  var name: String { "strata/\(part.name)/\(member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "settings", value: part.spec.canonical(except: ComparedMetrics.keys.union(["replicates"]))),
        JSONMember(key: "clustered", value: .bool(family.isClustered)),
      ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let strata = try StratumRows(try inputs.table("table"), by: part.spec.by.map(\.value))
    let rows = pairs.completeRows.filter { strata.numbers[$0] != nil }
    var members: [JSONMember] = [
      JSONMember(key: "n", value: .integer(rows.count)), JSONMember(key: "total", value: .integer(pairs.metric.count)),
      JSONMember(key: "missing-metric", value: .integer(pairs.missingMetric)),
      JSONMember(key: "missing-target", value: .integer(pairs.missingTarget)),
      JSONMember(key: "without-stratum", value: .integer(strata.numbers.count { $0 == nil })),
    ]
    let sample: PairedSample
    let stratified: StratifiedSample
    do throws(Reason) {
      sample = try PairedSample(
        x: rows.compactMap { pairs.metric[$0] }, y: rows.compactMap { pairs.target[$0] },
        clusters: pairs.clusters.map { all in rows.map { all[$0] } }, first: pairs.first, second: pairs.second)
      stratified = try StratifiedSample(sample, strata: rows.compactMap { strata.numbers[$0] })
    } catch {
      let none = family.coefficients.map {
        JSONMember(key: $0.rawValue, value: ["undefined": .string(error.text)])
      }
      return .json(
        .object(
          members + ["overall", "within"].map { JSONMember(key: $0, value: .object(none)) }
            + [JSONMember(key: "each", value: .object([]))]))
    }
    members.append(JSONMember(key: "strata", value: .integer(stratified.strata.count)))
    if sample.clusters != nil { members.append(JSONMember(key: "clusters", value: .integer(sample.unitCount))) }
    let found = StrataValues(step: self, sample: sample, stratified: stratified)
    members.append(JSONMember(key: "overall", value: found.overall))
    members.append(JSONMember(key: "within", value: found.within))
    let places = stratified.strata.map { strata.numbers[rows[$0[0]]] ?? 0 }
    let each = places.indices.sorted { places[$0] < places[$1] }.map { stratum in
      JSONMember(
        key: strata.keys[places[stratum]], value: found.stratum(stratum, label: strata.labels[places[stratum]]))
    }
    members.append(JSONMember(key: "each", value: .object(each)))
    return .json(.object(members))
  }
}

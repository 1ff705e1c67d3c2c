import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Coefficients of one metric with its target on all rows of the strata, pooled inside strata, and in each.
struct StrataStep: ResultStep {
  let part: StrataPart
  let member: FamilyMember
  let kind = StepKind("strata", version: 4)

  private var columns: FamilyColumns { FamilyColumns(family: part.family, member: member) }

  private var family: ComparedMetrics { part.family }

  var name: String { "strata/\(part.name)/\(member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "settings", value: part.spec.canonical(except: ComparedMetrics.keys.union(["replicates"]))),
        JSONMember(key: "clustered", value: UnitNoun.parameter(family.unit)),
      ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> StrataResults {
    let pairs = try columns.pairs(inputs)
    let strata = try part.strata(of: try inputs.table("table"))
    let rows = pairs.completeRows.filter { strata.numbers[$0] != nil }
    let counts = RowCounts(pairs, used: rows.count)
    let withoutStratum = strata.numbers.count { $0 == nil }
    let sample: PairedSample
    let stratified: StratifiedSample
    do throws(Reason) {
      sample = try PairedSample(
        x: rows.compactMap { pairs.metric[$0] }, y: rows.compactMap { pairs.target[$0] },
        clusters: pairs.clusters.map { all in rows.map { all[$0] } }, first: pairs.first, second: pairs.second)
      stratified = try StratifiedSample(sample, strata: rows.compactMap { strata.numbers[$0] })
    } catch {
      let none = ByCoefficient(family.coefficients) { _ in StrataResults.Judged(Estimate(.failure(error))) }
      return StrataResults(
        rows: counts, withoutStratum: withoutStratum, overall: none, within: none, each: NamedValues())
    }
    let found = StrataValues(step: self, sample: sample, stratified: stratified)
    let places = stratified.strata.map { strata.numbers[rows[$0[0]]] ?? 0 }
    let each = places.indices.sorted { places[$0] < places[$1] }.map { stratum in
      (
        name: strata.keys[places[stratum]],
        value: found.stratum(stratum, label: strata.labels[places[stratum]])
      )
    }
    return StrataResults(
      rows: counts, withoutStratum: withoutStratum, strata: stratified.strata.count,
      clusters: sample.clusters == nil ? nil : sample.unitCount, overall: found.overall, within: found.within,
      each: NamedValues(each))
  }
}

/// Computes the coefficients of one metric on all rows, inside strata and in each stratum.
private struct StrataValues {
  private let step: StrataStep
  private let sample: PairedSample
  private let stratified: StratifiedSample
  private let associations: [WithinStratum.Association]

  init(step: StrataStep, sample: PairedSample, stratified: StratifiedSample) {
    self.step = step
    self.sample = sample
    self.stratified = stratified
    associations = WithinStratum.associations(
      step.part.spec.coefficients, sample: stratified, settings: step.part.spec.interval?.settings)
  }

  private var spec: StrataSpec { step.part.spec }

  private func basis(n: Int, clusters: Int) -> Estimate.Basis {
    spec.interval?.basis(
      n: n, clusters: sample.clusters == nil ? nil : clusters, unit: step.part.family.unit)
      ?? Estimate.Basis()
  }

  /// Coefficients on all rows that are in a stratum.
  var overall: ByCoefficient<StrataResults.Judged> {
    let resampled = spec.interval.map {
      Bootstrap.resampled(spec.coefficients, sample: sample, settings: $0.settings)
    }
    return values(basis(n: sample.count, clusters: sample.unitCount)) { index in
      let value = Outcome.of { () throws(Reason) in try spec.coefficients[index].value(sample) }
      return (value, resampled?[index])
    }
  }

  /// Coefficients pooled inside strata.
  var within: ByCoefficient<StrataResults.Judged> {
    values(basis(n: sample.count, clusters: sample.unitCount)) {
      (associations[$0].pooled, associations[$0].pooledResamples)
    }
  }

  /// Coefficients in one stratum.
  func stratum(_ stratum: Int, label: GroupLabel) -> StrataResults.Stratum {
    let (n, clusters) = (stratified.strata[stratum].count, stratified.unitCounts[stratum])
    return StrataResults.Stratum(
      group: label.parts, n: n, clusters: sample.clusters == nil ? nil : clusters,
      coefficients: values(basis(n: n, clusters: clusters)) {
        (associations[$0].strata[stratum], associations[$0].strataResamples?[stratum])
      })
  }

  /// The coefficients, from the place of each among those of the spec.
  private func values(
    _ basis: Estimate.Basis, _ found: (Int) -> (Outcome<Double>, Outcome<ResampledValue>?)
  ) -> ByCoefficient<StrataResults.Judged> {
    ByCoefficient(spec.coefficients) { coefficient in
      if let reason = step.member.objection(to: coefficient) {
        return StrataResults.Judged(Estimate(.failure(reason)))
      }
      let (value, resampled) = found(spec.coefficients.firstIndex(of: coefficient) ?? 0)
      let estimate = Estimate(value, interval: resampled?.flatMap { $0.interval() }, basis: basis)
      guard let margin = spec.equivalenceMargin, let resampled, estimate.value.value != nil else {
        return StrataResults.Judged(estimate)
      }
      return StrataResults.Judged(
        estimate,
        equivalence: Equivalence.outcome(resampled, margin: margin, level: step.part.level, basis: basis))
    }
  }
}

/// Reliability of a target from replicates, in each stratum and inside all of them: what correlations in a stratum have to be
/// read against.
struct StrataReliabilityStep: ResultStep {
  let part: StrataPart
  let kind = StepKind("strata-reliability", version: 7)

  var name: String { "strata-reliability/\(part.name)" }

  var inputs: [StepInput] { [.table(part.family.target.dataset)] }

  private var level: Double { part.level }
  private var interval: IntervalSpec? { part.spec.interval }

  var parameters: JSONValue {
    .record([
      "target": .string(part.family.target.column), "by": .array(part.spec.by.map { .string($0.value) }),
      "replicates": part.spec.replicates.canonical, "level": .number(level),
      "interval": interval?.parameters(unit: part.family.unit) ?? "none",
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> StrataReliabilityResults {
    let table = try inputs.table("table")
    let target = try table.column(part.family.target.column).offsets.values
    let strata = try part.strata(of: table)
    // Replicates may lack a value alike, as networks of two layers lack a third.
    let sample = ReplicateSample(
      target: target, strata: strata.numbers, groups: table.groups(by: (part.spec.replicates?.by ?? []).map(\.value)),
      clusters: part.family.isClustered ? table.clusters : nil)
    let members = strata.labels.indices.map { stratum in
      target.indices.filter { strata.numbers[$0] == stratum && target[$0] != nil }
    }
    let found = members.map { rows in
      Outcome.of { () throws(Reason) in try ReplicateReliability(sample.values(rows), level: level) }
    }
    let each = strata.labels.indices.map { stratum in
      (
        name: strata.keys[stratum],
        value: self.stratum(strata.labels[stratum], found[stratum], sample, members[stratum])
      )
    }
    return StrataReliabilityResults(
      pooled: pooled(found.compactMap(\.value), sample, members.flatMap { $0 }.sorted()), each: NamedValues(each))
  }

  private func stratum(
    _ label: GroupLabel, _ found: Outcome<ReplicateReliability>, _ sample: ReplicateSample, _ rows: [Int]
  ) -> StrataReliabilityResults.Stratum {
    do throws(Reason) {
      let made = try found.get()
      let estimates = ReliabilityEstimates(
        try sample.shares(rows, interval), n: made.count, interval: interval, unit: part.family.unit)
      return StrataReliabilityResults.Stratum(
        group: label.parts, n: made.count, groups: made.groupCount, replicated: made.replicatedCount,
        standardDeviation: made.standardDeviation, errorDeviation: made.errorDeviation,
        reliability: estimates.reliability,
        icc: Estimate(
          intraclass: made.intraclassCorrelation, interval: made.interval, n: made.count, level: level),
        noiseCeiling: estimates.noiseCeiling, kendallNoiseCeiling: estimates.kendallNoiseCeiling)
    } catch {
      let none = Estimate(.failure(error))
      return StrataReliabilityResults.Stratum(
        group: label.parts, n: rows.count, groups: sample.values(rows).count, reliability: none, icc: none,
        noiseCeiling: none, kendallNoiseCeiling: none)
    }
  }

  /// Inside all strata; counts are those of strata with replicates, which alone tell of it.
  private func pooled(
    _ strata: [ReplicateReliability], _ sample: ReplicateSample, _ rows: [Int]
  ) -> StrataReliabilityResults.Pooled {
    do throws(Reason) {
      guard !strata.isEmpty else { throw Reason("no stratum has replicates") }
      let n = strata.reduce(0) { $0 + $1.count }
      let estimates = ReliabilityEstimates(
        try sample.shares(rows, interval), n: n, interval: interval, unit: part.family.unit)
      return StrataReliabilityResults.Pooled(
        n: n, strata: strata.count, groups: strata.reduce(0) { $0 + $1.groupCount },
        replicated: strata.reduce(0) { $0 + $1.replicatedCount }, reliability: estimates.reliability,
        noiseCeiling: estimates.noiseCeiling, kendallNoiseCeiling: estimates.kendallNoiseCeiling)
    } catch {
      let none = Estimate(.failure(error))
      return StrataReliabilityResults.Pooled(reliability: none, noiseCeiling: none, kendallNoiseCeiling: none)
    }
  }
}

/// A target with its rows' strata, subjects and clusters.
private struct ReplicateSample {
  let target: [Double?]
  /// The stratum of each row; nil for rows in none.
  let strata: [Int?]
  let groups: [Int]
  let clusters: [Int]?

  /// The values of some rows by subject.
  func values(_ rows: [Int]) -> [[Double]] {
    var values: [Int: [Double]] = [:]
    for row in rows { if let value = target[row] { values[groups[row], default: []].append(value) } }
    return values.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The shares of the variance of some rows.
  func shares(_ rows: [Int], _ interval: IntervalSpec?) throws(Reason) -> VarianceShares {
    try VarianceShares(
      rows.compactMap { target[$0] }, strata: rows.compactMap { strata[$0] }, groups: rows.map { groups[$0] },
      clusters: clusters.map { all in rows.map { all[$0] } }, settings: interval?.settings)
  }
}

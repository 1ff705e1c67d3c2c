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
  let kind = StepKind("strata-reliability", version: 6)

  var name: String { "strata-reliability/\(part.name)" }

  var inputs: [StepInput] { [.table(part.family.target.dataset)] }

  private var level: Double { part.level }

  var parameters: JSONValue {
    .record([
      "target": .string(part.family.target.column), "by": .array(part.spec.by.map { .string($0.value) }),
      "replicates": part.spec.replicates.canonical, "level": .number(level),
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> StrataReliabilityResults {
    let table = try inputs.table("table")
    let target = try table.column(part.family.target.column).offsets.values
    let strata = try part.strata(of: table)
    // Replicates may lack a value alike, as networks of two layers lack a third.
    let groups = table.groups(by: (part.spec.replicates?.by ?? []).map(\.value))
    var values = strata.labels.map { _ in [Int: [Double]]() }
    for row in target.indices {
      guard let stratum = strata.numbers[row], let value = target[row] else { continue }
      values[stratum][groups[row], default: []].append(value)
    }
    let sorted = values.map { groups in groups.sorted { $0.key < $1.key }.map(\.value) }
    let found = sorted.map { groups in
      Outcome.of { () throws(Reason) in try ReplicateReliability(groups, level: level) }
    }
    let each = strata.labels.indices.map { stratum in
      (
        name: strata.keys[stratum],
        value: self.stratum(strata.labels[stratum], found[stratum], sorted[stratum])
      )
    }
    return StrataReliabilityResults(pooled: pooled(found.compactMap(\.value)), each: NamedValues(each))
  }

  private func stratum(
    _ label: GroupLabel, _ found: Outcome<ReplicateReliability>, _ groups: [[Double]]
  ) -> StrataReliabilityResults.Stratum {
    switch found {
    case .failure(let reason):
      let none = Estimate(.failure(reason))
      return StrataReliabilityResults.Stratum(
        group: label.parts, n: groups.reduce(0) { $0 + $1.count }, groups: groups.count, reliability: none, icc: none,
        noiseCeiling: none, kendallNoiseCeiling: none)
    case .success(let made):
      let ceiling = Outcome.of { () throws(Reason) in try made.noiseCeiling() }
      return StrataReliabilityResults.Stratum(
        group: label.parts, n: made.count, groups: made.groupCount, replicated: made.replicatedCount,
        standardDeviation: made.standardDeviation, errorDeviation: made.errorDeviation,
        reliability: Estimate(
          .success(made.reliability), interval: made.reliabilityInterval, basis: basis(made.count)),
        icc: Estimate(.success(made.intraclassCorrelation), interval: made.interval, basis: basis(made.count)),
        noiseCeiling: Estimate(ceiling, interval: made.noiseCeilingInterval, basis: basis(made.count)),
        kendallNoiseCeiling: Estimate(
          ceiling.map { Greiner.kendall($0) }, interval: made.noiseCeilingInterval.map { Greiner.kendall($0) },
          basis: basis(made.count)))
    }
  }

  private func basis(_ n: Int, pooled: Bool = false) -> Estimate.Basis {
    Estimate.Basis(
      n: n, level: level,
      method: pooled
        ? "F distribution in each stratum (Thomas & Hultquist 1978), pooled (Zou & Donner 2008)"
        : "F distribution (Thomas & Hultquist 1978)")
  }

  private func pooled(_ strata: [ReplicateReliability]) -> StrataReliabilityResults.Pooled {
    do throws(Reason) {
      let made = try PooledReliability(strata)
      let ceiling = Outcome.of { () throws(Reason) in try made.noiseCeiling() }
      return StrataReliabilityResults.Pooled(
        n: made.count, strata: made.strataCount, groups: strata.reduce(0) { $0 + $1.groupCount },
        replicated: strata.reduce(0) { $0 + $1.replicatedCount },
        reliability: Estimate(.success(made.value), interval: made.interval, basis: basis(made.count, pooled: true)),
        noiseCeiling: Estimate(
          ceiling, interval: made.noiseCeilingInterval, basis: basis(made.count, pooled: true)),
        kendallNoiseCeiling: Estimate(
          ceiling.map { Greiner.kendall($0) }, interval: made.noiseCeilingInterval.map { Greiner.kendall($0) },
          basis: basis(made.count, pooled: true)))
    } catch {
      let none = Estimate(.failure(error))
      return StrataReliabilityResults.Pooled(reliability: none, noiseCeiling: none, kendallNoiseCeiling: none)
    }
  }
}

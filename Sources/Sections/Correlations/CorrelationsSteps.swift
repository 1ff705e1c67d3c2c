import Documents
import Outcomes
import Pipeline
import Statistics

/// Coefficients of one metric with its target, their bootstrap intervals, and the counts behind them.
struct CoefficientStep: ResultStep {
  let columns: FamilyColumns
  let spec: CorrelationsSpec
  let kind = StepKind("coefficients", version: 5)

  var name: String { "coefficients/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    var members = columns.parameters
    members.append(
      JSONMember(key: "coefficients", value: .array(spec.coefficients.map { .string($0.rawValue) })))
    if let interval = spec.interval {
      members.append(
        JSONMember(key: "interval", value: interval.parameters(unit: columns.family.unit)))
    }
    return .object(members)
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> CoefficientResults {
    let pairs = try columns.pairs(inputs)
    let sample: PairedSample
    do throws(Reason) { sample = try pairs.sample(columns.policy) } catch {
      if columns.policy == .error, pairs.missingRows > 0 { throw error }
      return CoefficientResults(
        rows: RowCounts(pairs, used: pairs.completeRows.count),
        coefficients: ByCoefficient(spec.coefficients) { _ in Estimate(.failure(error)) })
    }
    let ties = TiedPairs(sample)
    return CoefficientResults(
      rows: RowCounts(pairs, used: sample.count), distinctMetric: Set(sample.x).count,
      distinctTarget: Set(sample.y).count, tiedMetric: ties.first, tiedTarget: ties.second,
      clusters: sample.clusters == nil ? nil : sample.unitCount,
      coefficients: coefficients(pairs, sample),
      policies: pairs.missingRows > 0
        ? CoefficientResults.Policies(drop: values(pairs, .drop), worst: values(pairs, .worst)) : nil)
  }

  private func coefficients(_ pairs: PairedColumns, _ sample: PairedSample) -> ByCoefficient<Estimate> {
    let all = spec.coefficients
    let settings = spec.interval?.settings(rows: sample.count)
    let resampled = settings.map {
      Dictionary(zip(all, Bootstrap.resampled(all, sample: sample, settings: $0))) { first, _ in first }
    }
    let neutral = columns.family.tieNeutral
    let basis = spec.interval?.coefficientBasis(
      n: sample.count, clusters: sample.clusters == nil ? nil : sample.unitCount,
      unit: columns.family.unit)
    return ByCoefficient(all) { coefficient in
      if let reason = columns.member.objection(to: coefficient) { return Estimate(.failure(reason)) }
      guard pairs.permits(coefficient, columns.policy) else {
        return Estimate(
          .failure(Reason("Pearson's r has no meaning where a missing value stands for a rank")))
      }
      let found = resampled?[coefficient]
      var estimate = Estimate(
        Outcome.of { () throws(Reason) in try coefficient.value(sample) },
        interval: found.map { made in made.flatMap { $0.interval() } }, basis: basis ?? Estimate.Basis())
      if coefficient == neutral, let value = found?.value, let pValue = try? value.pValue() {
        estimate.test = Estimate.Test(
          pValue: pValue, test: settings?.method == .jackknife ? "jackknife" : "bootstrap")
      }
      return estimate
    }
  }

  /// The coefficients under a policy for missing values.
  private func values(_ pairs: PairedColumns, _ policy: MissingPolicy) -> ByCoefficient<Estimate> {
    ByCoefficient(spec.coefficients) { coefficient in
      guard pairs.permits(coefficient, policy) else {
        return Estimate(.failure(Reason("a missing value stands for a rank")))
      }
      return Estimate(Outcome.of { () throws(Reason) in try coefficient.value(pairs.sample(policy)) })
    }
  }
}

/// Partial Kendall and Spearman coefficients of one metric given columns.
struct PartialStep: ResultStep {
  let columns: FamilyColumns
  let spec: CorrelationsSpec
  /// The columns held fixed.
  private var given: [String] { spec.given.map(\.value) }
  let kind = StepKind("partial", version: 2)

  var name: String { "partial/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "given", value: .array(given.map { .string($0) }))
      ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> PartialResults {
    let pairs = try columns.pairs(inputs)
    let fixed = try inputs.table("table").columns(given).map(\.offsets.values)
    let rows = pairs.completeRows.filter { row in fixed.allSatisfy { $0[row] != nil } }
    let isGiven = given.contains { columns.member.source == .column($0) }
    func partial(_ coefficient: Coefficient) -> Estimate {
      guard !isGiven else { return Estimate(.failure(Reason("the metric is one of the given columns"))) }
      return Estimate(
        Outcome.of { () throws(Reason) in
          try Partial.value(
            coefficient, x: rows.compactMap { pairs.metric[$0] }, y: rows.compactMap { pairs.target[$0] },
            given: fixed.map { column in rows.compactMap { column[$0] } },
            names: given)
        })
    }
    return PartialResults(n: rows.count, kendall: partial(.kendallTauB), spearman: partial(.spearman))
  }
}

/// Top-of-the-ranking measures of one metric, taken in its declared direction, by size.
struct TopStep: ResultStep {
  let columns: FamilyColumns
  let spec: CorrelationsSpec
  private var sizes: [Double] { spec.top?.sizes ?? [] }
  let kind = StepKind("top", version: 3)

  var name: String { "top/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(columns.parameters + [JSONMember(key: "sizes", value: .array(sizes.map { .number($0) }))])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> NamedValues<Outcome<TopResults>> {
    let pairs = try columns.pairs(inputs)
    let rows = pairs.completeRows
    let scores = rows.compactMap { pairs.metric[$0] }.map { pairs.metricHigherIsBetter ? $0 : -$0 }
    let target = rows.compactMap { pairs.target[$0] }.map { pairs.targetHigherIsBetter ? $0 : -$0 }
    return NamedValues(
      sizes.map { size in
        let count = TopSize.count(size, of: rows.count)
        let found = Outcome.of { () throws(Reason) in
          let top = try TopMeasures(scores: scores, target: target, size: count)
          return TopResults(
            size: count, precision: top.precision, regret: top.regret, ndcg: top.normalizedGain,
            bestRank: top.bestRank, worstRank: top.worstRank)
        }
        return (TopSpec.key(size), found)
      })
  }
}

/// Coefficients of every pair of members of a family, on the rows where both have values.
struct AgreementStep: ResultStep {
  let family: ComparedMetrics
  let spec: CorrelationsSpec
  let kind = StepKind("agreement", version: 3)

  var name: String { "agreement/\(family.name)" }

  var inputs: [StepInput] { [.table(family.target.dataset)] }

  var parameters: JSONValue {
    let isTopWeighted = spec.coefficients.contains { $0.weighting != nil }
    let ends = family.members.map { JSONValue.string(($0.better ?? .higher).rawValue) }
    return .object(
      [
        JSONMember(key: "metrics", value: .array(family.members.map(\.source.parameters))),
        JSONMember(key: "coefficients", value: .array(spec.symmetricCoefficients.map { .string($0.rawValue) })),
      ] + (isTopWeighted ? [JSONMember(key: "better", value: .array(ends))] : []))
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> AgreementResults {
    var columns: [[Double?]] = []
    var ends: [SampleColumn] = []
    for member in family.members {
      let pairs = try FamilyColumns(family: family, member: member).pairs(inputs)
      columns.append(pairs.metric)
      ends.append(pairs.first)
    }
    func value(_ coefficient: Coefficient, _ left: Int, _ right: Int) -> Double? {
      if left == right { return 1 }
      let both = columns[left].indices.filter { columns[left][$0] != nil && columns[right][$0] != nil }
      let found = try? coefficient.value(
        PairedSample(
          x: both.compactMap { columns[left][$0] }, y: both.compactMap { columns[right][$0] },
          first: ends[left], second: ends[right]))
      return found.flatMap { $0.isFinite ? $0 : nil }
    }
    let matrices = ByCoefficient(spec.symmetricCoefficients) { coefficient in
      columns.indices.map { left in columns.indices.map { right in value(coefficient, left, right) } }
    }
    return AgreementResults(metrics: family.members.map(\.name), matrices: matrices)
  }
}

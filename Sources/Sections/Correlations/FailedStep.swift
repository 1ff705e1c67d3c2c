import Documents
import Expressions
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// What failed rows, such as trainings that diverged, have to do with the association of a metric and its target.
struct FailedResults: Codable, Sendable, Equatable {
  /// Rows with both values of which the rule is known.
  var n: Int
  /// Clusters that these rows are in; nil when they are in none.
  var clusters: Int?
  /// Rows that failed.
  var failed: Int
  /// Their share.
  var share: Double
  /// Rows with both values of which the rule is not known, which are left out.
  var unjudged: Int
  /// Coefficients among the rows that did not fail; those made of pairs have intervals.
  var without: ByCoefficient<Estimate>
  /// The chance that a row that did not fail has the better value of the metric, in its declared direction, than one that
  /// failed: the area under the ROC curve; see `Superiority`.
  var superiority: Estimate
}

/// Tells failed rows apart, by a rule.
struct FailedStep: ResultStep {
  let columns: FamilyColumns
  let spec: CorrelationsSpec
  let failed: FailedSpec
  let kind = StepKind("failed", version: 2)

  var name: String { "failed/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  /// The settings of intervals.
  var interval: IntervalSpec? { spec.interval?.with(resamples: failed.resamples) }

  var parameters: JSONValue {
    var members = columns.parameters
    members += [
      JSONMember(key: "coefficients", value: .array(spec.coefficients.map { .string($0.rawValue) })),
      JSONMember(key: "failed", value: failed.canonical(except: ["resamples"])),
    ]
    if let interval {
      members.append(
        JSONMember(key: "interval", value: interval.parameters(unit: columns.family.unit)))
    }
    return .object(members)
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> FailedResults {
    let pairs = try columns.pairs(inputs)
    let isFailed = try failed.values(in: inputs.table("table"))
    let complete = pairs.completeRows
    let rows = complete.filter { isFailed[$0] != nil }
    let (metric, target) = (rows.compactMap { pairs.metric[$0] }, rows.compactMap { pairs.target[$0] })
    let clusters = pairs.clusters.map { all in rows.map { all[$0] } }
    let flags = rows.map { isFailed[$0] ?? false }
    let count = flags.count { $0 }
    let units = clusters.map { Set($0).count }
    let basis = interval?.basis(n: rows.count, clusters: units, unit: columns.family.unit)
    let superiority = Outcome.of { () throws(Reason) in
      try Superiority.estimate(
        metric.map { pairs.metricHigherIsBetter ? $0 : -$0 }, isFirst: flags.map { !$0 }, clusters: clusters,
        settings: interval?.settings)
    }
    return FailedResults(
      n: rows.count, clusters: units, failed: count, share: rows.isEmpty ? 0 : Double(count) / Double(rows.count),
      unjudged: complete.count - rows.count,
      without: without(
        pairs, rows.indices.filter { !flags[$0] }, metric, target, clusters),
      superiority: Estimate(
        superiority.map(\.value), interval: superiority.value?.interval ?? nil, basis: basis ?? Estimate.Basis()))
  }

  /// The coefficients among some rows.
  private func without(
    _ pairs: PairedColumns, _ kept: [Int], _ metric: [Double], _ target: [Double], _ clusters: [Int]?
  ) -> ByCoefficient<Estimate> {
    let sample = Outcome.of { () throws(Reason) in
      try PairedSample(
        x: kept.map { metric[$0] }, y: kept.map { target[$0] }, clusters: clusters.map { all in kept.map { all[$0] } },
        first: pairs.first, second: pairs.second)
    }
    let ofPairs = spec.coefficients.filter(\.isOfPairs)
    var intervals: [Coefficient: Outcome<Interval>] = [:]
    if let interval, let sample = sample.value {
      let made = Bootstrap.intervals(of: ofPairs, sample: sample, settings: interval.settings(rows: sample.count))
      for (coefficient, interval) in zip(ofPairs, made) { intervals[coefficient] = interval }
    }
    let units = sample.value.flatMap { $0.clusters == nil ? nil : $0.unitCount }
    let basis = interval?.coefficientBasis(n: kept.count, clusters: units, unit: columns.family.unit)
    return ByCoefficient(spec.coefficients) { coefficient in
      if let reason = columns.member.objection(to: coefficient) { return Estimate(.failure(reason)) }
      return Estimate(
        sample.flatMap { sample in Outcome.of { () throws(Reason) in try coefficient.value(sample) } },
        interval: intervals[coefficient], basis: intervals[coefficient] == nil ? .init() : basis ?? .init())
    }
  }
}

extension FailedSpec {
  /// Whether each row of a table failed; nil where the rule is not known.
  ///
  /// - Throws: `Reason` without a rule.
  func values(in table: Table) throws(Reason) -> [Bool?] {
    guard let expression = rule?.expression else { throw Reason("there is no rule") }
    return expression.values(in: table).map(\.truth)
  }
}

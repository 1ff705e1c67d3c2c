import Documents
import Outcomes
import Pipeline
import Specs
import Statistics

/// Coefficients of one metric as rankings are cut to their best part, by the share kept.
struct TruncationStep: ResultStep {
  typealias Output = TruncationResults

  let columns: FamilyColumns
  let spec: CorrelationsSpec
  let truncation: TruncationSpec
  let kind = StepKind("truncation", version: 3)

  var name: String { "truncation/\(columns.family.name)/\(columns.member.name)" }

  /// The coefficients of all rows, which are those of the whole ranking.
  private var whole: CoefficientStep { CoefficientStep(columns: columns, spec: spec) }

  /// The settings of intervals.
  var interval: IntervalSpec? { spec.interval.map { truncation.interval($0) } }

  var inputs: [StepInput] { [columns.input, StepInput(whole.name, from: whole.name)] }

  var parameters: JSONValue {
    var members = columns.parameters
    members += [
      JSONMember(key: "coefficients", value: .array(spec.coefficients.map { .string($0.rawValue) })),
      JSONMember(key: "truncation", value: truncation.canonical(except: ["resamples"])),
    ]
    if let interval {
      members.append(
        JSONMember(key: "interval", value: interval.parameters(unit: columns.family.unit)))
    }
    return .object(members)
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> TruncationResults {
    let all = try inputs.output(of: whole)
    let pairs = try columns.pairs(inputs)
    let sample = Outcome.of { () throws(Reason) in try pairs.sample(columns.policy) }
    func ranking(_ ranking: TruncationSpec.Ranking) -> NamedValues<TruncatedRanking>? {
      guard truncation.by.contains(ranking) else { return nil }
      switch sample {
      case .failure(let reason):
        return NamedValues(
          truncation.shares.map { share in
            let none = ByCoefficient(spec.coefficients) { _ in TruncatedRanking.Coefficient(Estimate(.failure(reason)))
            }
            return (TopSpec.shareKey(share), TruncatedRanking(share: share, n: all.rows.n, coefficients: none))
          })
      case .success(let sample): return self.ranking(ranking, sample, pairs, all)
      }
    }
    return TruncationResults(
      byTarget: ranking(.target), byMetric: ranking(.metric),
      pairs: sample.flatMap { sample in
        Outcome.of { () throws(Reason) in PairsByHalves(try halves(sample, all)) }
      })
  }

  private func ranking(
    _ ranking: TruncationSpec.Ranking, _ sample: PairedSample, _ pairs: PairedColumns, _ all: CoefficientResults
  ) -> NamedValues<TruncatedRanking> {
    let cut = truncation.shares.filter { $0 < 1 }
    let made = interval.map {
      Truncation.intervals(
        of: spec.coefficients, sample: sample, shares: cut, ranking.order, settings: $0.settings)
    }
    var intervals: [Double: [Coefficient: Outcome<Interval>]] = [:]
    for (share, found) in zip(cut, made ?? []) {
      for (coefficient, interval) in zip(spec.coefficients, found) {
        intervals[share, default: [:]][coefficient] = interval
      }
    }
    return NamedValues(
      truncation.shares.map { share in
        let kept = part(share, ranking, sample, pairs, all, intervals: intervals[share] ?? [:])
        return (TopSpec.shareKey(share), kept)
      })
  }

  private func part(
    _ share: Double, _ ranking: TruncationSpec.Ranking, _ sample: PairedSample, _ pairs: PairedColumns,
    _ all: CoefficientResults, intervals: [Coefficient: Outcome<Interval>]
  ) -> TruncatedRanking {
    guard share < 1 else {
      return TruncatedRanking(
        share: share, n: sample.count, clusters: all.clusters,
        coefficients: ByCoefficient(spec.coefficients) { coefficient in
          TruncatedRanking.Coefficient(
            all.coefficients[coefficient] ?? Estimate(.failure(Reason("it was not computed"))))
        })
    }
    let values = ranking == .target ? sample.y : sample.x
    let end = ranking == .target ? sample.second : sample.first
    let rows = Truncation.rows(values, share: share, higherIsBetter: end.higherIsBetter)
    let kept = Outcome.of { () throws(Reason) in try Truncation.sample(sample, share: share, ranking.order) }
    let clusters = sample.clusters.map { all in Set(rows.map { all[$0] }).count }
    let basis = interval?.basis(n: rows.count, clusters: clusters, unit: columns.family.unit)
    return TruncatedRanking(
      share: share, n: rows.count, clusters: clusters,
      coefficients: ByCoefficient(spec.coefficients) { coefficient in
        if let reason = columns.member.objection(to: coefficient) {
          return TruncatedRanking.Coefficient(Estimate(.failure(reason)))
        }
        guard pairs.permits(coefficient, columns.policy) else {
          return TruncatedRanking.Coefficient(Estimate(.failure(Reason("a missing value stands for a rank"))))
        }
        let estimate = Estimate(
          kept.flatMap { kept in Outcome.of { () throws(Reason) in try coefficient.value(kept) } },
          interval: intervals[coefficient], basis: intervals[coefficient] == nil ? .init() : basis ?? .init())
        let reference = all.coefficients[coefficient]?.value.value.map {
          RangeRestriction.kendall($0, share: Double(rows.count) / Double(sample.count))
        }
        return TruncatedRanking.Coefficient(estimate, reference: coefficient.isOfPairs ? reference : nil)
      })
  }

  /// The parts of the concordance; without a value where τ of all rows is not told from 0, since shares of it are then anything.
  private func halves(_ sample: PairedSample, _ all: CoefficientResults) throws(Reason) -> ConcordanceByHalves {
    let told = all.coefficients.entries.first { $0.coefficient.isOfPairs }
    if let ends = told?.value.ends, ends.lower <= 0, ends.upper >= 0 {
      throw Reason("the interval of \(told?.coefficient.title ?? "τ") of all rows holds 0")
    }
    return try ConcordanceByHalves(sample)
  }
}

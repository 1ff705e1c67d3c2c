import Documents
import Figures
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics
import Tables

extension StepKind {
  fileprivate static let reduction = StepKind("reduction", version: 8)
}

/// Describes the space that is not reduced, beside which reductions are read.
struct WholeSpaceStep: ResultStep {
  typealias Output = WholeSpaceResults

  let reductions: ReductionsPart
  let kind = StepKind.reduction

  var name: String { "reduction/\(reductions.name)/\(ReductionSpec.whole)" }
  var inputs: [StepInput] { [.table(reductions.target.dataset)] }
  var parameters: JSONValue { reductions.parameters(of: "whole") }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> WholeSpaceResults {
    try ReductionMeasuring(ReductionColumns(reductions, inputs.table("table"))).whole()
  }
}

/// Evaluates one reduction.
struct ReductionStep: ResultStep {
  typealias Output = ReductionResults

  let reductions: ReductionsPart
  let candidate: ResolvedCandidate
  let kind = StepKind.reduction

  var name: String { "reduction/\(reductions.name)/\(candidate.name)" }
  var inputs: [StepInput] { [.table(reductions.target.dataset)] }
  var parameters: JSONValue { reductions.parameters(of: candidate.parameters) }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> ReductionResults {
    let columns = try ReductionColumns(reductions, inputs.table("table"))
    switch try columns.membership(candidate) {
    case .success(let kept): return try ReductionMeasuring(columns).reduction(kept, of: candidate)
    case .failure(let reason): return ReductionResults(nil, .failure(reason))
    }
  }
}

extension ReductionsPart {
  /// The parameters of the step of a space: the space itself, the target, the members and the part's settings.
  fileprivate func parameters(of space: JSONValue) -> JSONValue {
    .record([
      "candidate": space, "target": .string(target.column), "target-better": .string(target.better.rawValue),
      "members": .array(
        members.map {
          [
            "name": .string($0.name), "source": $0.source.parameters, "baseline": .bool($0.isBaseline),
            "better": .string(($0.better ?? .higher).rawValue),
          ]
        }),
      "settings": spec.canonical(except: ["target", "candidates", "against"]), "clustered": UnitNoun.parameter(unit),
    ])
  }
}

/// Measures spaces of a table; each estimate has its rows, clusters and method.
private struct ReductionMeasuring {
  let columns: ReductionColumns
  let settings: ReductionSettings
  let tops: [Outcome<TopSet>]

  init(_ columns: ReductionColumns) {
    self.columns = columns
    settings = columns.settings
    tops = settings.topSets(columns.target)
  }

  private var part: ReductionsPart { columns.reductions }
  private var target: ReductionTarget { columns.target }

  func whole() throws(Reason) -> WholeSpaceResults {
    let places = Array(0..<target.count)
    return WholeSpaceResults(
      size: target.count, missingTarget: target.missing, n: target.count,
      described: .of { () throws(Reason) in
        let location = try LocationBootstrap.estimates(
          of: target.values, clusters: target.clusters, settings: settings.interval)
        let best = settings.draws.map { draws in
          (
            draws,
            Outcome.of { () throws(Reason) in try OrderStatistics.expectedMaximum(target.gains, draws: draws) }
              .map { target.higherIsBetter ? $0 : -$0 }.finite
          )
        }
        return .init(
          location: self.location(
            try ColumnSummary(target.values), mean: (location.mean.value, location.mean.interval),
            median: (location.median.value, location.median.interval), of: places),
          bestOf: BestOfValues(best))
      },
      inside: try inside(places, hasReplicates: false))
  }

  func reduction(_ kept: Membership, of candidate: ResolvedCandidate) throws(Reason) -> ReductionResults {
    let rows = ReductionResults.Kept(
      size: kept.size, total: target.count, share: Double(kept.size) / Double(target.count),
      missingTarget: target.missing, unjudged: kept.unjudged.reduce(0) { $0 + $1.count },
      unjudgedReasons: kept.unjudged.prefix(20).map { .init(reason: $0.reason, count: $0.count) }, n: kept.size)
    let made: ReductionEvaluation
    do throws(Reason) {
      made = try ReductionEvaluation(kept, target: target, tops: tops, settings: settings)
    } catch {
      return ReductionResults(rows, .failure(error))
    }
    let error = made.random.standardError
    let recalls = try recalls(of: candidate)
    return ReductionResults(
      rows,
      .success(
        .init(
          location: location(
            made.inside, mean: (made.measures.mean, made.location.mean.interval),
            median: (made.location.median.value, made.location.median.interval), of: made.drawn),
          outsideMean: made.outside.map { .success($0.mean) } ?? .failure(Reason("every row is kept")),
          best: made.measures.best, regret: made.measures.regret,
          standardScore: error > 0
            ? .success((made.measures.mean - made.random.mean) / error)
            : .failure(Reason("random subsets do not differ")),
          bestOf: BestOfValues(
            made.bestOfDraws.map {
              ($0.draws, ReductionResults.BestOf(value: Estimate($0.inside), whole: $0.all.finite))
            }),
          top: byTop { top(made, $0, recalls[0]) }, random: random(made.random, size: kept.size),
          truncation: truncation(made),
          ties: made.ties.map { ties($0, kept) }, sameSize: try sameSize(made, recalls),
          inside: try inside(made.drawn))))
  }

  /// A value for each size of the top, by its place.
  private func byTop<Value>(_ value: (Int) -> Value) -> TopValues<Value> { TopValues(settings.tops, value) }

  private func clusterCount(of places: [Int]) -> Int? {
    target.clusters.map { all in Set(places.map { all[$0] }).count }
  }

  private func location(
    _ summary: ColumnSummary, mean: (Double, Outcome<Interval>), median: (Double, Outcome<Interval>), of places: [Int]
  ) -> ReducedLocation {
    let basis = part.spec.interval.basis(
      n: places.count, clusters: clusterCount(of: places), unit: part.unit)
    return ReducedLocation(
      mean: Estimate(.success(mean.0), interval: mean.1, basis: basis),
      median: Estimate(.success(median.0), interval: median.1, basis: basis),
      minimum: summary.minimum, maximum: summary.maximum, sd: summary.standardDeviation)
  }

  /// A band of random subsets: exact, or of drawn ones.
  private func band(_ value: Double, _ ends: ClosedRange<Double>, n: Int, draws: Int?) -> Estimate {
    var basis = Estimate.Basis(n: n, level: part.spec.interval.level, method: "all subsets of the same size")
    if let draws {
      basis.clusters = target.clusters.map { Set($0).count }
      basis.method = "\(NumberText.grouped(draws)) draws of whole \(IntervalSpec.units(part.unit))"
      basis.seed = part.spec.interval.seed.value
    }
    return Estimate(.success(value), ends: .success(ends), basis: basis)
  }

  /// The resampled recalls of a reduction, then of the tops of all members of its size, by top.
  private func recalls(of candidate: ResolvedCandidate) throws(Reason) -> [[[Double]]] {
    var selections = [try columns.selection(candidate)]
    for member in part.members { selections.append(.likeFirst(scores: try columns.scores(member))) }
    return RecallResamples(selections, target: target, tops: settings.tops, settings: settings.interval).recalls
  }

  /// A recall with its interval and what chance gives.
  private func recall(
    _ value: Double, _ resampled: [Double], of top: TopSet, _ random: RandomRecall
  ) -> Estimate {
    let interval = part.spec.interval
    let units = IntervalSpec.units(part.unit)
    let count = target.clusters.map { Set($0).count }
    let total = count.flatMap { count in part.unit.map { $0.text(count) } } ?? units
    let method =
      "Clopper–Pearson with the effective number of \(units) among the best, from \(NumberText.grouped(interval.resamples)) resamples of \(total)"
    var estimate = Estimate(
      .success(value),
      interval: RecallResamples.interval(
        value, resampled, of: top, clusters: target.clusters, level: interval.level),
      basis: Estimate.Basis(
        n: target.count, clusters: count, level: interval.level, method: method, seed: interval.seed.value))
    estimate.chance = random.twoSided(value)
    return estimate
  }

  private func top(
    _ made: ReductionEvaluation, _ index: Int, _ resampled: [[Double]]
  ) -> Outcome<ReductionResults.Top> {
    .of { () throws(Reason) in
      let (top, recall) = (try tops[index].get(), try made.measures.recalls[index].get())
      let random = try made.random.recalls[index].get()
      return .init(
        size: top.count, tied: top.members.tied.count,
        units: target.clusters.map { RecallResamples.units(among: top, clusters: $0) },
        recall: self.recall(recall, resampled[index], of: top, random),
        enrichment: recall / (Double(made.measures.size) / Double(target.count)),
        random: band(
          random.expected, random.lower...max(random.lower, random.upper), n: target.count, draws: random.draws),
        chance: random.atLeast(recall), chanceOfAtMost: random.atMost(recall), draws: random.draws,
        n: target.count)
    }
  }

  private func random(_ made: RandomSubsets, size: Int) -> ReductionResults.Random {
    var mean = band(made.mean, made.meanBand, n: size, draws: made.draws)
    mean.interval = mean.interval?.map { .init(lower: $0.lower, upper: $0.upper, standardError: made.standardError) }
    return .init(mean: mean, best: band(made.best, made.bestBand, n: size, draws: made.draws), regret: made.regret)
  }

  private func truncation(_ made: ReductionEvaluation) -> NamedValues<ReductionResults.Truncated> {
    NamedValues(
      made.truncation.map { part in
        (
          TopSpec.shareKey(part.share),
          .init(
            share: part.share, n: part.count, inside: part.inside, shareInside: part.inside / Double(part.count),
            mean: part.mean.map { .success($0) } ?? .failure(Reason("no row of the reduction is left")),
            meanOfAll: part.meanOfAll, enrichment: byTop { part.enrichments[$0].finite })
        )
      })
  }

  private func ties(_ made: TieRange, _ kept: Membership) -> ReductionResults.Ties {
    func range(_ range: ClosedRange<Double>) -> ReductionResults.Range {
      .init(lower: range.lowerBound, upper: range.upperBound)
    }
    return .init(
      tied: kept.tied.count, places: kept.places, draws: made.draws, mean: range(made.mean),
      regret: range(made.regret), top: byTop { made.recalls[$0].map(range) })
  }

  /// Every metric's and baseline's top of the reduction's size.
  private func sameSize(
    _ reduction: ReductionEvaluation, _ resampled: [[[Double]]]
  ) throws(Reason) -> NamedValues<ReductionResults.Rival> {
    var rivals: [(name: String, value: ReductionResults.Rival)] = []
    for (place, member) in part.members.enumerated() {
      let kept = try columns.top(member, size: reduction.measures.size)
      let measures = Outcome<ReductionResults.Rival.Measures>.of { () throws(Reason) in
        let kept = try kept.get()
        let made = try SubsetMeasures(kept, target: target, tops: tops)
        let range = try TieRange(kept, target: target, tops: tops, draws: settings.tieDraws, seed: settings.tieSeed)
        return .init(
          mean: made.mean, best: made.best, regret: made.regret, tied: made.tied,
          recall: byTop { index in
            do throws(Reason) {
              return recall(
                try made.recalls[index].get(), resampled[place + 1][index], of: try tops[index].get(),
                try reduction.random.recalls[index].get())
            } catch {
              return Estimate(.failure(error))
            }
          }, ties: range.map { ties($0, kept) })
      }
      rivals.append((member.name, .init(role: member.role, measures: measures)))
    }
    return NamedValues(rivals)
  }

  /// - Parameter hasReplicates: False for the whole space: one error for rows of all kinds is not the error that they have.
  private func inside(_ places: [Int], hasReplicates: Bool = true) throws(Reason) -> InsideResults {
    InsideResults(
      inside: part.spec.correlations ? NamedValues(try associations(places)) : nil,
      replicates: hasReplicates ? part.spec.replicates.map { replicates($0, places) } : nil)
  }

  /// Correlations of all members with the target at some places.
  private func associations(
    _ places: [Int]
  ) throws(Reason) -> [(name: String, value: InsideResults.Association)] {
    var found: [(name: String, value: InsideResults.Association)] = []
    for member in part.members {
      let values = try columns.values(member)
      let made = InsideCorrelation(values, target: target, drawn: places, settings: settings.interval)
      let basis = part.spec.interval.basis(
        n: made.count, clusters: clusterCount(of: places.filter { values[$0] != nil }), unit: part.unit)
      found.append(
        (
          member.name,
          .init(
            role: member.role, n: made.count,
            kendallTauB: Estimate(made.kendallTauB, interval: made.interval, basis: basis))
        ))
    }
    return found
  }

  /// Reliability and noise ceilings of the target at some places, from replicates.
  private func replicates(_ spec: ReplicatesSpec, _ places: [Int]) -> Outcome<InsideResults.Replicates> {
    let numbers = columns.table.groups(by: spec.by.map(\.value))
    let groups = places.map { numbers[target.rows[$0]] }
    return .of { () throws(Reason) in
      let values = Dictionary(grouping: places.indices) { groups[$0] }.sorted { $0.key < $1.key }
        .map { $0.value.map { target.values[places[$0]] } }
      let level = settings.interval.level
      let made = try ReplicateReliability(values, level: level)
      let shares = try VarianceShares(
        places.map { target.values[$0] }, strata: places.map { _ in 0 }, groups: groups,
        clusters: target.clusters.map { all in places.map { all[$0] } }, settings: settings.interval)
      let estimates = ReliabilityEstimates(shares, n: made.count, interval: part.spec.interval, unit: part.unit)
      return .init(
        groups: made.groupCount, replicated: made.replicatedCount, n: made.count, reliability: estimates.reliability,
        icc: Estimate(
          intraclass: made.intraclassCorrelation, interval: made.interval, n: made.count, level: level),
        errorSd: made.errorDeviation, noiseCeiling: estimates.noiseCeiling,
        kendallNoiseCeiling: estimates.kendallNoiseCeiling)
    }
  }
}

extension Outcome<Double> {
  /// The number, if it is finite.
  fileprivate var finite: Outcome<Double> { flatMap { Outcome(finite: $0, otherwise: "not a finite number") } }
}

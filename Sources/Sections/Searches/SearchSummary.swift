import ArchitectureSearch
import Documents
import Outcomes
import Specs
import Statistics

/// Sums up what searches found.
struct SearchSummary {
  let lines: SearchLines
  /// By line, then by search, then by budget.
  let found: [[[BenchmarkSearch.Found]]]
  /// The searches with units drawn anew; none where no units are named.
  let drawn: [SearchDraw]
  /// Quantiles of the regret over searches.
  static let quantiles = (low: 0.05, high: 0.95)

  private var columns: SearchColumns { lines.columns }
  /// By member, then by architecture.
  private var evaluations: [[Outcome<CandidateEvaluation>]] { lines.evaluations }
  private var part: SearchPart { columns.part }
  private var spec: SearchSpec { part.spec }
  private var budgets: [Int] { spec.budgets.sorted() }

  func results() throws(Reason) -> SearchResults {
    let best = columns.gains.max() ?? 0
    let chosen = spec.chosen
    let random = Outcome<SearchResults.Blind>.of { () throws(Reason) in
      blind(try RandomChoice.expectedBest(columns.gains, draws: chosen), labels: chosen)
    }
    var strata: [(name: String, value: Outcome<SearchResults.Blind>)] = []
    for (member, known) in zip(part.members, evaluations) where member.isBaseline {
      strata.append(
        (
          member.name,
          Outcome.of { () throws(Reason) in
            let sizes = known.compactMap { $0.value?.means[0] }
            guard sizes.count == known.count else { throw Reason("an architecture has no value") }
            let drawn = try RandomChoice.expectedBestOfStrata(columns.gains, sizes: sizes, strata: chosen)
            return blind(drawn.value, labels: drawn.labels)
          }
        ))
    }
    let strongest = strongest()
    let members = part.members.indices.map { index -> (name: String, value: SearchResults.Member) in
      let rivals = (
        baseline: strongest.flatMap { $0 == index ? nil : $0 }, byMeans: lines.byMeans(index)
      )
      let values = budgets.indices.map { place in
        (budget: budgets[place], value: atBudget(place, index, rivals, random))
      }
      return (
        part.members[index].name,
        SearchResults.Member(
          n: evaluations[index].count { $0.value != nil }, variation: variation(index), budgets: BudgetValues(values))
      )
    }
    return SearchResults(
      space: SearchResults.Space(
        n: columns.gains.count, total: columns.total, missingTarget: columns.missingTarget, outside: columns.outside,
        units: columns.unitCount,
        best: columns.target(best), random: random, strata: NamedValues(strata),
        strongest: strongest.map { part.members[$0].name }),
      members: SearchResults.Members(NamedValues(members)))
  }

  private func blind(_ gain: Double, labels: Int) -> SearchResults.Blind {
    .init(labels: labels, found: columns.target(gain), regret: regret(gain))
  }

  private func regret(_ gain: Double) -> Double { max(0, (columns.gains.max() ?? gain) - gain) }

  /// The regrets of searches at a budget; those that found nothing are left out.
  private func regrets(_ searches: [[BenchmarkSearch.Found]], _ place: Int) -> [Double?] {
    searches.map { $0[place].gain.map { regret($0) } }
  }

  /// The baseline with the least mean regret at the largest budget; the first of several.
  private func strongest() -> Int? {
    var best: (index: Int, regret: Double)?
    for (index, member) in part.members.enumerated() where member.isBaseline {
      let known = regrets(found[index], budgets.count - 1).compactMap(\.self)
      guard known.count == spec.searches else { continue }
      let mean = Mean.value(known)
      if mean < best?.regret ?? .infinity { best = (index, mean) }
    }
    return best?.index
  }

  private func variation(_ index: Int) -> Outcome<SearchResults.Variation>? {
    guard !spec.subject.isEmpty, part.members[index].method == nil, !part.members[index].isBaseline else { return nil }
    return .of { () throws(Reason) in
      let samples = evaluations[index].compactMap { $0.value?.values[0] }
      let made = try VariationCoefficient(samples)
      let sizes = samples.map(\.count)
      return SearchResults.Variation(
        varianceOverMean: made.varianceOverMean, deviationOverMean: made.deviationOverMean, fewest: sizes.min() ?? 0,
        most: sizes.max() ?? 0)
    }
  }

  /// What a member's searches found.
  ///
  /// - Parameter rivals: Lines that it is held against.
  private func atBudget(
    _ place: Int, _ member: Int, _ rivals: (baseline: Int?, byMeans: Int?), _ random: Outcome<SearchResults.Blind>
  ) -> SearchResults.AtBudget {
    let searches = found[member]
    let own = regrets(searches, place)
    let isWhole = searches.allSatisfy { $0[place].evaluations == columns.gains.count }
    let mean = mean(own, isWhole: isWhole)
    let sorted = own.compactMap(\.self).sorted()
    func quantile(_ p: Double) -> Outcome<Double> {
      sorted.count == own.count && !sorted.isEmpty
        ? .success(Quantile.linear(sorted, p)) : .failure(Reason("a search found nothing"))
    }
    let orders = searches.compactMap { $0[place].isSameInAnotherOrder }
    func less(_ rival: Int) -> Estimate {
      self.mean(
        zip(own, regrets(found[rival], place)).map { own, rival in own.flatMap { own in rival.map { own - $0 } } },
        isWhole: isWhole)
    }
    let lessRandom = shifted(mean, by: random.map(\.regret))
    let (lessBaseline, lessMean) = (rivals.baseline.map(less), rivals.byMeans.map(less))
    func overUnits(_ estimate: Estimate, _ rival: (SearchDraw) -> Double?) -> Estimate {
      Estimate(
        estimate.value,
        interval: interval { draw in draw.gains[member][place].flatMap { own in rival(draw).map { $0 - own } } },
        basis: unitBasis)
    }
    return SearchResults.AtBudget(
      evaluations: searches.map { $0[place].evaluations }.min() ?? 0,
      found: found(mean), regret: mean,
      lessRandom: lessRandom, lessBaseline: lessBaseline, lessMean: lessMean,
      overUnits: drawn.isEmpty
        ? nil
        : SearchResults.OverUnits(
          lessRandom: overUnits(lessRandom) { $0.random },
          lessBaseline: lessBaseline.map {
            overUnits($0) { draw in rivals.baseline.flatMap { draw.gains[$0][place] } }
          },
          lessMean: lessMean.map { overUnits($0) { draw in rivals.byMeans.flatMap { draw.gains[$0][place] } } }),
      low: quantile(Self.quantiles.low), high: quantile(Self.quantiles.high),
      choices: Set(searches.map { $0[place].chosen.sorted() }).count,
      sameInAnotherOrder: orders.isEmpty ? nil : Double(orders.count { $0 }) / Double(orders.count))
  }

  private var unitBasis: Estimate.Basis {
    Estimate.Basis(
      n: columns.gains.count, clusters: columns.unitCount, level: spec.interval.level,
      method: "percentile bootstrap, \(drawn.count) draws of trained networks", seed: spec.seed.value)
  }

  /// The percentile interval of a difference over the draws of units.
  private func interval(_ difference: (SearchDraw) -> Double?) -> Outcome<Interval> {
    let values = drawn.compactMap(difference).sorted()
    guard values.count == drawn.count, !values.isEmpty else {
      return .failure(Reason("searches of \(drawn.count - values.count) of \(drawn.count) draws found nothing"))
    }
    let tail = (1 - spec.interval.level) / 2
    return .of { () throws(Reason) in
      Interval(
        lower: Quantile.linear(values, tail), upper: Quantile.linear(values, 1 - tail),
        standardError: try ColumnSummary(values).standardDeviation ?? 0)
    }
  }

  /// A mean over searches with its interval.
  ///
  /// - Parameter isWhole: True where every search evaluated every architecture: a value that is then the same in all of them is
  ///   no draw, and has no interval.
  private func mean(_ values: [Double?], isWhole: Bool) -> Estimate {
    let known = values.compactMap(\.self)
    if isWhole, let first = known.first, known.count == values.count, known.allSatisfy({ $0 == first }) {
      return Estimate(.success(first), basis: Estimate.Basis(n: values.count, method: "all architectures evaluated"))
    }
    let settings = spec.interval
    let basis = Estimate.Basis(
      n: values.count, level: settings.level,
      method:
        "\(settings.method == .bca ? "BCa" : "percentile") bootstrap, \(settings.resamples) resamples of searches",
      seed: settings.seed.value)
    guard known.count == values.count else {
      return Estimate(
        .failure(Reason("\(values.count - known.count) of \(values.count) searches evaluated nothing that has a value"))
      )
    }
    do throws(Reason) {
      let made = try LocationBootstrap.estimates(of: known, settings: settings.settings).mean
      return Estimate(.success(made.value), interval: made.interval, basis: basis)
    } catch {
      return Estimate(.failure(error))
    }
  }

  /// What is found, from the regret: the best of all less it, or more where lower is better.
  private func found(_ regret: Estimate) -> Estimate {
    let best = columns.target(columns.gains.max() ?? 0)
    let isHigher = part.target.better == .higher
    return Estimate(
      regret.value.map { isHigher ? best - $0 : best + $0 },
      interval: regret.interval?.map { ends in
        isHigher
          ? Interval(lower: best - ends.upper, upper: best - ends.lower, standardError: ends.standardError ?? 0)
          : Interval(lower: best + ends.lower, upper: best + ends.upper, standardError: ends.standardError ?? 0)
      }, basis: regret.basis)
  }

  private func shifted(_ regret: Estimate, by other: Outcome<Double>) -> Estimate {
    switch other {
    case .failure(let reason): Estimate(.failure(reason))
    case .success(let number):
      Estimate(
        regret.value.map { $0 - number },
        interval: regret.interval?.map {
          Interval(lower: $0.lower - number, upper: $0.upper - number, standardError: $0.standardError ?? 0)
        }, basis: regret.basis)
    }
  }
}

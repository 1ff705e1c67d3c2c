/// Computes coefficients inside strata, of all strata together and of each, under changing weights of their units.
struct StratifiedEvaluator: ~Copyable {
  let sample: StratifiedSample
  let coefficients: [Coefficient]
  private var strata: [WeightedStratum]
  private var counter: RankCounter

  /// Ranks every stratum by itself.
  init(_ sample: StratifiedSample, coefficients: [Coefficient]) {
    self.sample = sample
    self.coefficients = coefficients
    let x = CenteredColumn(sample.pairs.x, groups: sample.strata).deviations
    let y = CenteredColumn(sample.pairs.y, groups: sample.strata).deviations
    strata = zip(sample.strata, sample.units).map { rows, units in
      WeightedStratum(
        x: rows.map { sample.pairs.x[$0] }, y: rows.map { sample.pairs.y[$0] }, units: units,
        xDeviations: rows.map { x[$0] }, yDeviations: rows.map { y[$0] })
    }
    counter = RankCounter(count: strata.map(\.yCount).max() ?? 0)
  }

  /// The parts of each stratum, by coefficient, when its rows count as often as their units were drawn.
  mutating func parts(ofStratum stratum: Int, drawn: [Int32]) -> [AssociationParts] {
    strata[stratum].parts(of: coefficients, drawn: drawn, counter: &counter)
  }

  /// The parts of each stratum without each of its units, by unit and coefficient.
  mutating func partsWithoutEachUnit(ofStratum stratum: Int) -> [[AssociationParts]] {
    strata[stratum].partsWithoutEachUnit(
      of: coefficients, unitCount: sample.unitCounts[stratum], counter: &counter)
  }

  /// The parts of every stratum when each row counts once.
  mutating func partsOfAllRows() -> [[AssociationParts]] {
    sample.unitCounts.indices.map { parts(ofStratum: $0, drawn: Array(repeating: 1, count: sample.unitCounts[$0])) }
  }
}

/// One stratum under changing weights of its rows: what it gives to coefficients of pairs and deviations inside of strata.
struct WeightedStratum {
  private var ranks: WeightedRanks
  private let units: [Int32]
  private let xDeviations: [Double]
  private let yDeviations: [Double]

  /// Prepares a stratum.
  ///
  /// - Parameters:
  ///   - x: The metric of its rows.
  ///   - y: The target of its rows.
  ///   - units: The unit of each row.
  ///   - xDeviations: The metric less the stratum's mean, in a unit that all strata share.
  ///   - yDeviations: The target likewise.
  init(x: [Double], y: [Double], units: [Int32], xDeviations: [Double], yDeviations: [Double]) {
    let ranked = RankedPairs(x: x, y: y)
    ranks = WeightedRanks(ranked)
    self.units = ranked.order.map { units[Int($0)] }
    self.xDeviations = ranked.order.map { xDeviations[Int($0)] }
    self.yDeviations = ranked.order.map { yDeviations[Int($0)] }
  }

  /// Number of distinct values of y: the room that a counter needs.
  var yCount: Int { ranks.ranked.yCount }

  /// The parts of each coefficient when each row counts as often as its unit was drawn.
  mutating func parts(
    of coefficients: [Coefficient], drawn: [Int32], counter: inout RankCounter
  ) -> [AssociationParts] {
    ranks.weigh(units: units, drawn: drawn)
    ranks.tally()
    let counts = ranks.pairCounts(&counter, withConcordance: coefficients.contains { $0.countsPairs })
    return coefficients.map { coefficient in
      switch coefficient {
      case .spearman: ranks.middleRankProducts(total: counts.total)
      case .pearson: deviations()
      case .kendallTauA: counts.tauAParts
      case .somersD: counts.somersDParts
      default: counts.parts
      }
    }
  }

  /// The parts of each coefficient without each unit, by unit. O(n log n), as `Jackknife`.
  mutating func partsWithoutEachUnit(
    of coefficients: [Coefficient], unitCount: Int, counter: inout RankCounter
  ) -> [[AssociationParts]] {
    let (ranked, members) = (ranks.ranked, UnitMembers(units: units, count: unitCount))
    let needsNet = coefficients.contains { $0 != .pearson }
    let net = needsNet ? NetConcordance.byPlace(ranked) : []
    let pairs = coefficients.contains { $0.countsPairs } ? PairsWithout.counts(ranked, members, net: net) : []
    let closed = coefficients.map { coefficient -> [AssociationParts?] in
      switch coefficient {
      case .spearman: RanksWithout.parts(ranked, members, net: net)
      case .pearson:
        SumsWithout.parts(xDeviations, yDeviations, members, distinct: DistinctWithout(ranked, members))
      case .kendallTauA: pairs.map(\.tauAParts)
      case .somersD: pairs.map(\.somersDParts)
      default: pairs.map(\.parts)
      }
    }
    var drawn = [Int32](repeating: 1, count: unitCount)
    return (0..<unitCount).map { unit in
      let known = closed.compactMap { $0[unit] }
      if known.count == closed.count { return known }
      drawn[unit] = 0
      let found = parts(of: coefficients, drawn: drawn, counter: &counter)
      drawn[unit] = 1
      return found.indices.map { closed[$0][unit] ?? found[$0] }
    }
  }

  /// Sums of products of deviations from the means of the rows that count. When those lie so far from the stratum's means that
  /// digits would be lost, the deviations are taken anew.
  private func deviations() -> AssociationParts {
    let isVaried = (x: WeightedRanks.isVaried(ranks.xTotals), y: WeightedRanks.isVaried(ranks.yTotals))
    var sums = WeightedSums(xDeviations, yDeviations, ranks.weights)
    guard sums.total > 0 else { return AssociationParts() }
    let spread = sums.spread
    if spread.x <= 1e-3 * sums.squares.x || spread.y <= 1e-3 * sums.squares.y {
      let means = sums.sums / sums.total
      sums = WeightedSums(xDeviations.map { $0 - means.x }, yDeviations.map { $0 - means.y }, ranks.weights)
    }
    return AssociationParts(
      product: isVaried.x && isVaried.y ? sums.products - sums.sums.x * sums.sums.y / sums.total : 0,
      xSpread: isVaried.x ? sums.spread.x : 0, ySpread: isVaried.y ? sums.spread.y : 0)
  }
}

/// Coefficients inside strata in every resample and without each unit.
struct StratifiedResamples {
  /// The values of one coefficient.
  struct Series {
    /// The value in each resample.
    var replicates: [Double?] = []
    /// The value without each unit; empty for percentile intervals.
    var jackknife: [Double?] = []
  }

  /// The values of all strata together, by coefficient.
  private(set) var pooled: [Series]
  /// The values of each stratum, by coefficient; nil where these would be more values than are kept.
  private(set) var strata: [[Series]]?

  /// The most values that are kept of all strata's resamples, for each coefficient.
  static let greatestCount = 2_000_000

  /// Draws the resamples: in each, the strata in order from one stream of the seed.
  init(
    _ evaluator: inout StratifiedEvaluator, parts: [[AssociationParts]], settings: BootstrapSettings, greatestCount: Int
  ) {
    let coefficients = evaluator.coefficients
    pooled = coefficients.map { _ in Series() }
    let (count, overflow) = parts.count.multipliedReportingOverflow(by: settings.resamples)
    if !overflow, count <= greatestCount { strata = parts.map { _ in coefficients.map { _ in Series() } } }
    let counts = evaluator.sample.unitCounts
    var drawn = counts.map { [Int32](repeating: 0, count: $0) }
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      var sums = coefficients.map { _ in AssociationParts() }
      for stratum in counts.indices {
        Bootstrap.draw(&drawn[stratum], from: &generator)
        for (index, parts) in evaluator.parts(ofStratum: stratum, drawn: drawn[stratum]).enumerated() {
          sums[index] = sums[index] + parts
          strata?[stratum][index].replicates.append(parts.coefficient)
        }
      }
      for index in sums.indices { pooled[index].replicates.append(sums[index].coefficient) }
    }
    if settings.method == .bca { leaveOut(&evaluator, parts) }
  }

  private mutating func leaveOut(_ evaluator: inout StratifiedEvaluator, _ parts: [[AssociationParts]]) {
    for stratum in evaluator.sample.unitCounts.indices {
      let others = pooled.indices.map { index in
        parts.indices.reduce(AssociationParts()) { $1 == stratum ? $0 : $0 + parts[$1][index] }
      }
      for rests in evaluator.partsWithoutEachUnit(ofStratum: stratum) {
        for (index, rest) in rests.enumerated() {
          strata?[stratum][index].jackknife.append(rest.coefficient)
          pooled[index].jackknife.append((others[index] + rest).coefficient)
        }
      }
    }
  }
}

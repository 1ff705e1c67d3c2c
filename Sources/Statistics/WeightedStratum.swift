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
    let counts = ranks.pairCounts(&counter, withConcordance: coefficients.contains(.kendallTauB))
    return coefficients.map { coefficient in
      switch coefficient {
      case .spearman: ranks.middleRankProducts(total: counts.total)
      case .pearson: deviations()
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
    let closed = coefficients.map { coefficient -> [AssociationParts?] in
      switch coefficient {
      case .spearman: RanksWithout.parts(ranked, members, net: net)
      case .pearson:
        SumsWithout.parts(xDeviations, yDeviations, members, distinct: DistinctWithout(ranked, members))
      default: PairsWithout.counts(ranked, members, net: net).map { $0.parts }
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

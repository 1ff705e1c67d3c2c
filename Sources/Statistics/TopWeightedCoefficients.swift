import Outcomes

/// Yilmaz, Aslam & Robertson's τ_AP (2008).
struct AveragePrecisionTau: CoefficientFormula {
  let sample: PairedSample

  /// τ_AP = 1/(n − 1) · Σ_{i=2…n} N(i)/(i − 1) over the rows from the best by x to the worst; N(i) counts the rows before
  /// the i-th that y orders as x does, less those that it orders otherwise. O(n log n). Reason with ties in either column.
  static func value(_ sample: PairedSample) throws(Reason) -> Double {
    let ranked = RankedPairs(x: sample.x, y: sample.y)
    guard ranked.xCount == sample.count, ranked.yCount == sample.count else {
      throw Reason("τ_AP is defined for orders without ties")
    }
    let net = netBefore(ranked, BestFirst.byX(ranked, sample))
    let sum = net.indices.dropFirst().reduce(0.0) { $0 + Double(net[$1]) / Double($1) }
    return max(-1, min(1, sum / Double(sample.count - 1)))
  }

  /// By its definition on the rows that count; a row that counts twice is tied with itself.
  func value(_ ranks: inout WeightedRanks, _: PairCounts) -> Double? {
    let weights = ranks.weights
    guard weights.allSatisfy({ $0 <= 1 }) else { return nil }
    let rows = weights.indices.filter { weights[$0] == 1 }.map { Int(ranks.ranked.order[$0]) }
    return (try? sample.selecting(rows)).flatMap { try? Self.value($0) }
  }

  func values(without units: UnitsLeftOut) -> [Double??] {
    TopWeightedWithout.averagePrecisionTau(units.ranked, units.sample, units.members)
  }

  /// N by position, of a sample without ties.
  static func netBefore(_ ranked: RankedPairs, _ order: BestFirst) -> [Int] {
    var before = FenwickTree<Int>(count: ranked.count)
    return order.places.enumerated().map { position, place in
      let rank = Int(ranked.yRanks[Int(place)])
      // Rows before the i-th are better by x: as y orders them when they are on the same side of it there.
      let below = before.sum(below: rank)
      before.add(1, at: rank)
      return order.direction * (position - 2 * below)
    }
  }
}

/// Vigna's weighted τ (2015) with additive hyperbolic weights, of one sample under changing whole weights of its rows.
///
/// With the rows from the best to the worst by a column, row i the place wᵢ = 1/(i + 1) and Cᵢ its concordant pairs less its
/// discordant ones, τ_w = Σ wᵢ Cᵢ / √(Σ wᵢ uᵢ · Σ wᵢ vᵢ), uᵢ and vᵢ the rows not tied with it in x and in y. The value is
/// the mean of those by x and by y.
struct WeightedTau: CoefficientFormula {
  private let ascending: [Int32]
  private let byX: BestFirst
  private let byY: BestFirst

  /// Sorts the rows in both orders. O(n).
  init(_ ranked: RankedPairs, _ sample: PairedSample) {
    ascending = BestFirst.ascending(ranked)
    byX = BestFirst.byX(ranked, sample)
    byY = BestFirst.byY(ranked, sample)
  }

  /// The value when each row counts as often as its weight says, as last tallied; nil when a column does not vary.
  /// O(n log n), without sorting.
  func value(_ ranks: inout WeightedRanks, _: PairCounts) -> Double? {
    guard WeightedRanks.isVaried(ranks.xTotals), WeightedRanks.isVaried(ranks.yTotals) else { return nil }
    let net = NetConcordance.byPlace(
      ranks.ranked, order: ascending, weights: ranks.weights, xTotals: ranks.xTotals, yTotals: ranks.yTotals)
    guard let left = value(byX, ranks, net), let right = value(byY, ranks, net) else { return nil }
    return (left + right) / 2
  }

  func values(without units: UnitsLeftOut) -> [Double??] {
    TopWeightedWithout.weightedTau(
      units.ranked, units.sample, units.members, net: units.net, distinct: units.distinct)
  }

  private func value(_ order: BestFirst, _ ranks: WeightedRanks, _ net: [Int]) -> Double? {
    let total = ranks.xTotals.reduce(0) { $0 + Int($1) }
    var sums = Sums()
    var position = 0
    for entry in order.places {
      let place = Int(entry)
      guard ranks.weights[place] > 0 else { continue }
      var weight = 0.0
      for _ in 0..<ranks.weights[place] {
        position += 1
        weight += 1 / Double(position)
      }
      sums.concordance += weight * Double(net[place])
      sums.xUntied += weight * Double(total - Int(ranks.xTotals[Int(ranks.ranked.xRanks[place])]))
      sums.yUntied += weight * Double(total - Int(ranks.yTotals[Int(ranks.ranked.yRanks[place])]))
    }
    return sums.value
  }

  /// The three sums of one order.
  struct Sums {
    /// Σ wᵢ Cᵢ.
    var concordance = 0.0
    /// Σ wᵢ times the rows that are not tied with row i in x.
    var xUntied = 0.0
    /// The same in y.
    var yUntied = 0.0

    /// The coefficient by this order, in −1 … 1; nil when a column does not vary.
    var value: Double? {
      guard xUntied > 0, yUntied > 0 else { return nil }
      return max(-1, min(1, concordance / xUntied.squareRoot() / yUntied.squareRoot()))
    }
  }
}

/// The places of a sample from the best by one column to the worst, ties by the other column: the order by which coefficients
/// that weigh the top give their weights.
struct BestFirst {
  /// Places of the ranked pairs, by position.
  let places: [Int32]
  /// 1 when large values of the column are better, otherwise −1.
  let direction: Int
  /// For each position, where its group of equal values in the column begins.
  let groupStarts: [Int32]
  /// For each position, where its group ends: the position after its last.
  let groupEnds: [Int32]

  /// Orders places by x, ties by y.
  static func byX(_ ranked: RankedPairs, _ sample: PairedSample) -> BestFirst {
    BestFirst(
      ranked.xRanks, ranked.xCount, sample.first.higherIsBetter, ranked.yRanks, ranked.yCount,
      sample.second.higherIsBetter)
  }

  /// Orders places by y, ties by x.
  static func byY(_ ranked: RankedPairs, _ sample: PairedSample) -> BestFirst {
    BestFirst(
      ranked.yRanks, ranked.yCount, sample.second.higherIsBetter, ranked.xRanks, ranked.xCount,
      sample.first.higherIsBetter)
  }

  /// The places in ascending order of x, ties in ascending order of y. O(n).
  static func ascending(_ ranked: RankedPairs) -> [Int32] {
    let all = (0..<ranked.count).map { Int32(truncatingIfNeeded: $0) }
    return sorted(
      sorted(all, by: ranked.yRanks, ranked.yCount, descending: false), by: ranked.xRanks, ranked.xCount,
      descending: false)
  }

  private init(
    _ own: [Int32], _ ownCount: Int, _ ownHigherIsBetter: Bool, _ other: [Int32], _ otherCount: Int,
    _ otherHigherIsBetter: Bool
  ) {
    let all = own.indices.map { Int32(truncatingIfNeeded: $0) }
    let places = Self.sorted(
      Self.sorted(all, by: other, otherCount, descending: otherHigherIsBetter), by: own, ownCount,
      descending: ownHigherIsBetter)
    var starts = [Int32](repeating: 0, count: places.count)
    var ends = starts
    var start = 0
    while start < places.count {
      var end = start
      while end < places.count, own[Int(places[end])] == own[Int(places[start])] { end += 1 }
      for position in start..<end {
        starts[position] = Int32(truncatingIfNeeded: start)
        ends[position] = Int32(truncatingIfNeeded: end)
      }
      start = end
    }
    self.places = places
    direction = ownHigherIsBetter ? 1 : -1
    groupStarts = starts
    groupEnds = ends
  }

  /// A stable counting sort. O(n).
  private static func sorted(_ places: [Int32], by ranks: [Int32], _ count: Int, descending: Bool) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    let key = { (place: Int32) in
      descending ? count - 1 - Int(ranks[Int(place)]) : Int(ranks[Int(place)])
    }
    for place in places { starts[key(place) + 1] += 1 }
    for rank in 0..<count { starts[rank + 1] += starts[rank] }
    var result = places
    for place in places {
      let bucket = key(place)
      result[starts[bucket]] = place
      starts[bucket] += 1
    }
    return result
  }
}

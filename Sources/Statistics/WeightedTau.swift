/// Vigna's weighted τ (2015) with additive hyperbolic weights, of one sample under changing whole weights of its rows.
///
/// With the rows from the best to the worst by a column, row i the place wᵢ = 1/(i + 1) and Cᵢ its concordant pairs less its
/// discordant ones, τ_w = Σ wᵢ Cᵢ / √(Σ wᵢ uᵢ · Σ wᵢ vᵢ), uᵢ and vᵢ the rows not tied with it in x and in y. The value is
/// the mean of those by x and by y.
struct WeightedTau {
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
  func value(_ ranks: WeightedRanks) -> Double? {
    guard WeightedRanks.isVaried(ranks.xTotals), WeightedRanks.isVaried(ranks.yTotals) else { return nil }
    let net = NetConcordance.byPlace(
      ranks.ranked, order: ascending, weights: ranks.weights, xTotals: ranks.xTotals, yTotals: ranks.yTotals)
    guard let left = value(byX, ranks, net), let right = value(byY, ranks, net) else { return nil }
    return (left + right) / 2
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

import CKernels

/// A sample in ascending order of x with dense ranks of both columns, from which rank statistics are counted for any
/// integer weights of the rows without sorting again.
struct RankedPairs: Sendable {
  /// Rows in ascending order of x.
  let order: [Int32]
  /// Dense rank of x in that order.
  let xRanks: [Int32]
  /// Dense rank of y in that order.
  let yRanks: [Int32]
  /// Number of distinct values of x.
  let xCount: Int
  /// Number of distinct values of y.
  let yCount: Int

  /// Ranks both columns.
  init(x: [Double], y: [Double]) {
    let scratch = RankScratch(count: x.count)
    xCount = DenseRanks.rank(x, scratch)
    order = DenseRanks.order(scratch)
    xRanks = Self.ranks(scratch, order)
    yCount = DenseRanks.rank(y, scratch)
    yRanks = Self.ranks(scratch, order)
  }

  private static func ranks(_ scratch: borrowing RankScratch, _ order: [Int32]) -> [Int32] {
    let ranks = scratch.ranks
    return [Int32](unsafeUninitializedCapacity: order.count) { ordered, initialized in
      for place in 0..<order.count { ordered.initializeElement(at: place, to: ranks[Int(order[place])]) }
      initialized = order.count
    }
  }

  /// Number of rows.
  var count: Int { order.count }

  /// Pairs and ties when every row counts once.
  func pairCounts() -> PairCounts {
    let ones = [Int32](repeating: 1, count: count)
    var counter = RankCounter(count: yCount)
    return PairCounts(
      total: Int64(count), xTies: ties(xRanks, xCount), yTies: ties(yRanks, yCount),
      concordance: counter.concordance(xRanks: xRanks, yRanks: yRanks, weights: ones))
  }

  private func ties(_ ranks: [Int32], _ count: Int) -> Int64 {
    guard count < ranks.count else { return 0 }
    return tally(ranks, count).reduce(0) { $0 &+ PairCounts.pairs(Int64($1)) }
  }

  /// How many rows have each rank.
  func tally(_ ranks: [Int32], _ count: Int) -> [Int32] {
    var totals = [Int32](repeating: 0, count: count)
    trainfree_tally(ranks, [Int32](repeating: 1, count: ranks.count), Int64(ranks.count), &totals)
    return totals
  }
}

/// Pairs and ties of a sample, counted with the weights of its rows.
struct PairCounts {
  /// Sum of the weights.
  var total: Int64
  /// Pairs tied in x.
  var xTies: Int64
  /// Pairs tied in y.
  var yTies: Int64
  /// Concordant minus discordant pairs.
  var concordance: Int64

  /// All pairs.
  var pairs: Int64 { Self.pairs(total) }

  static func pairs(_ count: Int64) -> Int64 { count &* (count &- 1) / 2 }

  /// What τ-b is made of.
  var parts: AssociationParts {
    AssociationParts(
      product: Double(concordance), xSpread: Double(pairs - xTies), ySpread: Double(pairs - yTies))
  }

  /// τ-c = 2 S m / (n² (m − 1)), m the smaller number of distinct values; nil when a column does not vary.
  func tauC(distinct smaller: Int) -> Double? {
    guard smaller >= 2 else { return nil }
    let total = Double(self.total)
    return 2 * Double(concordance) / (total * total * Double(smaller - 1) / Double(smaller))
  }

  /// τ-b = S / √((n₀ − n₁)(n₀ − n₂)).
  func tauB() -> Double? {
    let left = pairs - xTies
    let right = pairs - yTies
    guard left > 0, right > 0 else { return nil }
    // Orders that agree or are opposite have as many ties in both: exactly ±1, without the rounding of a root.
    if left == right { return Double(concordance) / Double(left) }
    return max(-1, min(1, Double(concordance) / (Double(left) * Double(right)).squareRoot()))
  }
}

import CKernels

/// The dense ranks of a sample under changing integer weights of its rows: pairs, ties and products of mid-ranks, each in
/// O(n) or O(n log n) without sorting again.
struct WeightedRanks {
  /// The ranks, rows in ascending order of x.
  let ranked: RankedPairs
  /// The number of times that each row counts, in the same order.
  private(set) var weights: [Int32]
  /// Sums of the weights by dense rank of x, as of the last `tally`.
  private(set) var xTotals: [Int32]
  /// Sums of the weights by dense rank of y, as of the last `tally`.
  private(set) var yTotals: [Int32]
  private var xMiddles: [Double]
  private var yMiddles: [Double]

  /// Ranks a sample; every row counts once.
  init(_ ranked: RankedPairs) {
    self.ranked = ranked
    weights = Array(repeating: 1, count: ranked.count)
    xTotals = Array(repeating: 0, count: ranked.xCount)
    yTotals = Array(repeating: 0, count: ranked.yCount)
    xMiddles = Array(repeating: 0, count: ranked.xCount)
    yMiddles = Array(repeating: 0, count: ranked.yCount)
  }

  /// Lets every row count once.
  mutating func weighAllOnce() {
    for index in weights.indices { weights[index] = 1 }
  }

  /// Lets each row count as often as its unit was drawn.
  ///
  /// - Precondition: A unit for each row, in the order of the ranks; each is an index of `drawn`.
  mutating func weigh(units: [Int32], drawn: [Int32]) {
    weights.withUnsafeMutableBufferPointer {
      trainfree_gather(units, drawn, Int64($0.count), $0.baseAddress)
    }
  }

  /// Sums the weights by rank.
  mutating func tally() {
    for index in xTotals.indices { xTotals[index] = 0 }
    for index in yTotals.indices { yTotals[index] = 0 }
    trainfree_tally(ranked.xRanks, weights, Int64(weights.count), &xTotals)
    trainfree_tally(ranked.yRanks, weights, Int64(weights.count), &yTotals)
  }

  /// Pairs and ties of the rows as last tallied; concordance 0 without a wish for it.
  ///
  /// - Precondition: The counter has room for the ranks of y.
  func pairCounts(_ counter: inout RankCounter, withConcordance: Bool) -> PairCounts {
    let ties = { (totals: [Int32]) in totals.reduce(Int64(0)) { $0 &+ PairCounts.pairs(Int64($1)) } }
    let total = weights.reduce(Int64(0)) { $0 &+ Int64($1) }
    let concordance =
      withConcordance ? counter.concordance(xRanks: ranked.xRanks, yRanks: ranked.yRanks, weights: weights) : 0
    return PairCounts(total: total, xTies: ties(xTotals), yTies: ties(yTotals), concordance: concordance)
  }

  /// Σ w a b, Σ w a² and Σ w b² of the mid-ranks a and b less their mean, of the rows as last tallied: group g of t equal
  /// values after c smaller ones has rank c + (t + 1)/2.
  mutating func middleRankProducts(total: Int64) -> AssociationParts {
    let mean = (Double(total) + 1) / 2
    let xSpread = Self.middles(xTotals, &xMiddles, mean: mean)
    let ySpread = Self.middles(yTotals, &yMiddles, mean: mean)
    guard xSpread > 0, ySpread > 0 else { return AssociationParts(product: 0, xSpread: xSpread, ySpread: ySpread) }
    var product = 0.0
    ranked.xRanks.withUnsafeBufferPointer { xRanks in
      ranked.yRanks.withUnsafeBufferPointer { yRanks in
        weights.withUnsafeBufferPointer { weights in
          xMiddles.withUnsafeBufferPointer { xMiddles in
            yMiddles.withUnsafeBufferPointer { yMiddles in
              for index in 0..<weights.count {
                product += Double(weights[index]) * xMiddles[Int(xRanks[index])] * yMiddles[Int(yRanks[index])]
              }
            }
          }
        }
      }
    }
    return AssociationParts(product: product, xSpread: xSpread, ySpread: ySpread)
  }

  /// Mid-ranks less the mean rank, by dense rank; returns Σ t·(mid-rank − mean)².
  private static func middles(_ totals: [Int32], _ middles: inout [Double], mean: Double) -> Double {
    var before: Int64 = 0
    var squares = 0.0
    for rank in totals.indices {
      let count = Int64(totals[rank])
      let middle = Double(before) + (Double(count) + 1) / 2 - mean
      middles[rank] = middle
      squares += Double(count) * middle * middle
      before += count
    }
    return squares
  }

  /// True when the rows that count have at least two different values in the column of these totals.
  static func isVaried(_ totals: [Int32]) -> Bool {
    var seen = 0
    for total in totals where total > 0 {
      seen += 1
      if seen == 2 { return true }
    }
    return false
  }
}

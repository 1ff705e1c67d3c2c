import CKernels

/// Computes coefficients of one sample under changing integer weights of its rows: the columns are ranked once, every
/// evaluation is O(n). This is what a bootstrap resample or a jackknife value costs.
struct WeightedEvaluator: ~Copyable {
  let sample: PairedSample
  let coefficients: [Coefficient]
  let ranked: RankedPairs
  private var counter: RankCounter
  private var weights: [Int32]
  private var xTotals: [Int32]
  private var yTotals: [Int32]
  private var xMiddles: [Double]
  private var yMiddles: [Double]
  private let xDeviations: [Double]
  private let yDeviations: [Double]
  private let unitsInOrder: [Int32]

  init(_ sample: PairedSample, coefficients: [Coefficient]) {
    self.sample = sample
    self.coefficients = coefficients
    let ranked = RankedPairs(x: sample.x, y: sample.y)
    self.ranked = ranked
    counter = RankCounter(count: ranked.yCount)
    weights = Array(repeating: 1, count: sample.count)
    xTotals = Array(repeating: 0, count: ranked.xCount)
    yTotals = Array(repeating: 0, count: ranked.yCount)
    xMiddles = Array(repeating: 0, count: ranked.xCount)
    yMiddles = Array(repeating: 0, count: ranked.yCount)
    let deviations = { (values: [Double]) -> [Double] in
      let centered = CenteredColumn(values).deviations
      return ranked.order.map { centered[Int($0)] }
    }
    xDeviations = deviations(sample.x)
    yDeviations = deviations(sample.y)
    unitsInOrder = ranked.order.map { Int32(truncatingIfNeeded: sample.clusters?[Int($0)] ?? Int($0)) }
  }

  /// The values when every row counts once.
  mutating func valuesOfAllRows() -> [Double?] {
    for index in weights.indices { weights[index] = 1 }
    return evaluate()
  }

  /// The values when each row counts as often as its unit (its cluster, or the row itself) was drawn.
  mutating func values(unitWeights: [Int32]) -> [Double?] {
    weights.withUnsafeMutableBufferPointer {
      trainfree_gather(unitsInOrder, unitWeights, Int64($0.count), $0.baseAddress)
    }
    return evaluate()
  }

  /// Pairs and ties when each row counts by the weights last set.
  mutating func pairCounts(withConcordance: Bool) -> PairCounts {
    tally()
    let ties = { (totals: [Int32]) in totals.reduce(Int64(0)) { $0 &+ PairCounts.pairs(Int64($1)) } }
    let total = weights.reduce(Int64(0)) { $0 &+ Int64($1) }
    let concordance =
      withConcordance ? counter.concordance(xRanks: ranked.xRanks, yRanks: ranked.yRanks, weights: weights) : 0
    return PairCounts(total: total, xTies: ties(xTotals), yTies: ties(yTotals), concordance: concordance)
  }

  private mutating func evaluate() -> [Double?] {
    let needsPairs = coefficients.contains { $0 == .kendallTauB || $0 == .kendallTauC }
    let counts = pairCounts(withConcordance: needsPairs)
    return coefficients.map { coefficient -> Double? in
      switch coefficient {
      case .kendallTauB: counts.tauB()
      case .kendallTauC: tauC(counts)
      case .spearman: spearman(total: counts.total)
      case .pearson: pearson()
      case .weightedTau, .tauAP: byDefinition(coefficient)
      }
    }
  }

  private mutating func tally() {
    for index in xTotals.indices { xTotals[index] = 0 }
    for index in yTotals.indices { yTotals[index] = 0 }
    trainfree_tally(ranked.xRanks, weights, Int64(weights.count), &xTotals)
    trainfree_tally(ranked.yRanks, weights, Int64(weights.count), &yTotals)
  }

  private func tauC(_ counts: PairCounts) -> Double? {
    let smaller = min(xTotals.count { $0 > 0 }, yTotals.count { $0 > 0 })
    guard smaller >= 2 else { return nil }
    let total = Double(counts.total)
    return 2 * Double(counts.concordance) / (total * total * Double(smaller - 1) / Double(smaller))
  }

  /// Pearson's r of mid-ranks: group g of t equal values after c smaller ones has rank c + (t + 1)/2.
  private mutating func spearman(total: Int64) -> Double? {
    let mean = (Double(total) + 1) / 2
    let xSquares = Self.middles(xTotals, &xMiddles, mean: mean)
    let ySquares = Self.middles(yTotals, &yMiddles, mean: mean)
    guard xSquares > 0, ySquares > 0 else { return nil }
    var products = 0.0
    ranked.xRanks.withUnsafeBufferPointer { xRanks in
      ranked.yRanks.withUnsafeBufferPointer { yRanks in
        weights.withUnsafeBufferPointer { weights in
          xMiddles.withUnsafeBufferPointer { xMiddles in
            yMiddles.withUnsafeBufferPointer { yMiddles in
              for index in 0..<weights.count {
                products += Double(weights[index]) * xMiddles[Int(xRanks[index])] * yMiddles[Int(yRanks[index])]
              }
            }
          }
        }
      }
    }
    if xSquares == ySquares { return max(-1, min(1, products / xSquares)) }
    return max(-1, min(1, products / (xSquares * ySquares).squareRoot()))
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

  /// Pearson's r from sums about the means of the whole sample. When these lie so far from the mean of the weighted rows
  /// that digits would be lost, as when an outlier is not drawn, from sums about the weighted rows' own means.
  private func pearson() -> Double? {
    guard isVaried(xTotals), isVaried(yTotals) else { return nil }
    let sums = WeightedSums(xDeviations, yDeviations, weights)
    let spread = sums.spread
    guard spread.x > 1e-3 * sums.squares.x, spread.y > 1e-3 * sums.squares.y else { return recenteredPearson() }
    return sums.pearson
  }

  private func recenteredPearson() -> Double? {
    let drawn = weights.indices.filter { weights[$0] > 0 }
    let counts = drawn.map { weights[$0] }
    let rows = drawn.map { Int(ranked.order[$0]) }
    let xs = CenteredColumn(rows.map { sample.x[$0] }, weights: counts).deviations
    let ys = CenteredColumn(rows.map { sample.y[$0] }, weights: counts).deviations
    return WeightedSums(xs, ys, counts).pearson
  }

  private func isVaried(_ totals: [Int32]) -> Bool {
    var seen = 0
    for total in totals where total > 0 {
      seen += 1
      if seen == 2 { return true }
    }
    return false
  }

  private func byDefinition(_ coefficient: Coefficient) -> Double? {
    var rows: [Int] = []
    for index in weights.indices { for _ in 0..<weights[index] { rows.append(Int(ranked.order[index])) } }
    guard let drawn = try? sample.selecting(rows.sorted()) else { return nil }
    return try? coefficient.value(drawn)
  }
}

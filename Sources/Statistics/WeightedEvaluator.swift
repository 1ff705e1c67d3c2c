/// Computes coefficients of one sample under changing integer weights of its rows: the columns are ranked once, every
/// evaluation is O(n), O(n log n) for coefficients of pairs. This is what a bootstrap resample or a jackknife value costs.
struct WeightedEvaluator: ~Copyable {
  let sample: PairedSample
  let coefficients: [Coefficient]
  private var ranks: WeightedRanks
  private var counter: RankCounter
  private var weightedTau: WeightedTau?
  /// The deviations of x from its mean, in the order of the ranks.
  let xDeviations: [Double]
  /// The deviations of y likewise.
  let yDeviations: [Double]
  private let unitsInOrder: [Int32]

  init(_ sample: PairedSample, coefficients: [Coefficient]) {
    self.sample = sample
    self.coefficients = coefficients
    let ranked = RankedPairs(x: sample.x, y: sample.y)
    ranks = WeightedRanks(ranked)
    counter = RankCounter(count: ranked.yCount)
    weightedTau = coefficients.contains(.weightedTau) ? WeightedTau(ranked, sample) : nil
    let deviations = { (values: [Double]) -> [Double] in
      let centered = CenteredColumn(values).deviations
      return ranked.order.map { centered[Int($0)] }
    }
    xDeviations = deviations(sample.x)
    yDeviations = deviations(sample.y)
    unitsInOrder = ranked.order.map { Int32(truncatingIfNeeded: sample.clusters?[Int($0)] ?? Int($0)) }
  }

  /// The ranks of both columns.
  var ranked: RankedPairs { ranks.ranked }

  /// The rows of each unit, as places among the ranks.
  var members: UnitMembers { UnitMembers(units: unitsInOrder, count: sample.unitCount) }

  /// The values when every row counts once.
  mutating func valuesOfAllRows() -> [Double?] {
    ranks.weighAllOnce()
    return evaluate()
  }

  /// The values when each row counts as often as its unit (its cluster, or the row itself) was drawn.
  mutating func values(unitWeights: [Int32]) -> [Double?] {
    ranks.weigh(units: unitsInOrder, drawn: unitWeights)
    return evaluate()
  }

  /// Pairs and ties when each row counts by the weights last set.
  mutating func pairCounts(withConcordance: Bool) -> PairCounts {
    ranks.tally()
    return ranks.pairCounts(&counter, withConcordance: withConcordance)
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
      case .weightedTau: weightedTau?.value(ranks)
      case .tauAP: averagePrecisionTau()
      }
    }
  }

  private func tauC(_ counts: PairCounts) -> Double? {
    counts.tauC(distinct: min(ranks.xTotals.count { $0 > 0 }, ranks.yTotals.count { $0 > 0 }))
  }

  /// Pearson's r of mid-ranks.
  private mutating func spearman(total: Int64) -> Double? {
    let parts = ranks.middleRankProducts(total: total)
    guard parts.xSpread > 0, parts.ySpread > 0 else { return nil }
    if parts.xSpread == parts.ySpread { return max(-1, min(1, parts.product / parts.xSpread)) }
    return max(-1, min(1, parts.product / (parts.xSpread * parts.ySpread).squareRoot()))
  }

  /// Pearson's r from sums about the means of the whole sample. When these lie so far from the mean of the weighted rows
  /// that digits would be lost, as when an outlier is not drawn, from sums about the weighted rows' own means.
  private func pearson() -> Double? {
    guard WeightedRanks.isVaried(ranks.xTotals), WeightedRanks.isVaried(ranks.yTotals) else { return nil }
    let sums = WeightedSums(xDeviations, yDeviations, ranks.weights)
    let spread = sums.spread
    guard spread.x > 1e-3 * sums.squares.x, spread.y > 1e-3 * sums.squares.y else { return recenteredPearson() }
    return sums.pearson
  }

  private func recenteredPearson() -> Double? {
    let weights = ranks.weights
    let drawn = weights.indices.filter { weights[$0] > 0 }
    let counts = drawn.map { weights[$0] }
    let rows = drawn.map { Int(ranked.order[$0]) }
    let xs = CenteredColumn(rows.map { sample.x[$0] }, weights: counts).deviations
    let ys = CenteredColumn(rows.map { sample.y[$0] }, weights: counts).deviations
    return WeightedSums(xs, ys, counts).pearson
  }

  /// By its definition on the rows that count; a row that counts twice is tied with itself.
  private func averagePrecisionTau() -> Double? {
    let weights = ranks.weights
    guard weights.allSatisfy({ $0 <= 1 }) else { return nil }
    let rows = weights.indices.filter { weights[$0] == 1 }.map { Int(ranked.order[$0]) }
    return (try? sample.selecting(rows)).flatMap { try? AveragePrecisionTau.value($0) }
  }
}

/// Weighted sums of two columns of deviations, their squares and products, in one pass.
struct WeightedSums {
  private(set) var total = 0.0
  private(set) var sums = SIMD2<Double>()
  private(set) var squares = SIMD2<Double>()
  private(set) var products = 0.0

  /// Adds up the rows.
  ///
  /// - Precondition: The three arrays have equal length.
  init(_ xs: [Double], _ ys: [Double], _ weights: [Int32]) {
    precondition(xs.count == ys.count && xs.count == weights.count, "columns have equal length")
    weights.withUnsafeBufferPointer { weights in
      xs.withUnsafeBufferPointer { xs in
        ys.withUnsafeBufferPointer { ys in
          for index in 0..<weights.count {
            let weight = Double(weights[index])
            let pair = SIMD2(xs[index], ys[index])
            let weighted = pair * weight
            total += weight
            sums += weighted
            squares += weighted * pair
            products += weighted.x * pair.y
          }
        }
      }
    }
  }

  /// Σ w (x − x̄)² and Σ w (y − ȳ)².
  var spread: SIMD2<Double> { squares - sums * sums / total }

  /// Σ w (x − x̄)(y − ȳ) / √(Σ w (x − x̄)² Σ w (y − ȳ)²); nil when a column does not vary.
  var pearson: Double? {
    let spread = self.spread
    guard total > 0, spread.x > 0, spread.y > 0 else { return nil }
    let value = (products - sums.x * sums.y / total) / spread.x.squareRoot() / spread.y.squareRoot()
    return value.isFinite ? max(-1, min(1, value)) : nil
  }
}

/// Values of coefficients with one unit (cluster or row) left out at a time.
enum Jackknife {
  /// The values of every coefficient of an evaluator, by unit. τ-b takes O(n log n) in all, from the concordance counts
  /// of single rows; the others O(n) for each unit.
  static func values(_ evaluator: inout WeightedEvaluator) -> [[Double?]] {
    let coefficients = evaluator.coefficients
    let others = coefficients.filter { $0 != .kendallTauB }
    let count = evaluator.sample.unitCount
    var values = coefficients.map { _ in [Double?](repeating: nil, count: count) }
    if !others.isEmpty {
      var single = WeightedEvaluator(evaluator.sample, coefficients: others)
      let targets = others.map { other in coefficients.firstIndex(of: other) ?? 0 }
      var weights = [Int32](repeating: 1, count: count)
      for unit in 0..<count {
        weights[unit] = 0
        for (index, value) in single.values(unitWeights: weights).enumerated() { values[targets[index]][unit] = value }
        weights[unit] = 1
      }
    }
    if let index = coefficients.firstIndex(of: .kendallTauB) { values[index] = tauB(&evaluator) }
    return values
  }

  /// τ-b without each unit: S less the unit's rows' concordance, its inner pairs added back once; ties likewise.
  private static func tauB(_ evaluator: inout WeightedEvaluator) -> [Double?] {
    _ = evaluator.valuesOfAllRows()
    let whole = evaluator.pairCounts(withConcordance: true)
    let ranked = evaluator.ranked
    let byRow = ranked.concordanceByRow()
    let sample = evaluator.sample
    var members = [[Int]](repeating: [], count: sample.unitCount)
    for (position, row) in ranked.order.enumerated() {
      members[sample.clusters?[Int(row)] ?? Int(row)].append(position)
    }
    let xTotals = totals(ranked.xRanks, ranked.xCount)
    let yTotals = totals(ranked.yRanks, ranked.yCount)
    return members.map { unit in
      var counts = whole
      counts.total -= Int64(unit.count)
      counts.concordance -= unit.reduce(0) { $0 + byRow[$1] } - inner(unit, ranked)
      counts.xTies -= lost(unit.map { ranked.xRanks[$0] }, xTotals)
      counts.yTies -= lost(unit.map { ranked.yRanks[$0] }, yTotals)
      return counts.total >= 2 ? counts.tauB() : nil
    }
  }

  private static func totals(_ ranks: [Int32], _ count: Int) -> [Int64] {
    var totals = [Int64](repeating: 0, count: count)
    for rank in ranks { totals[Int(rank)] += 1 }
    return totals
  }

  /// Concordance among the rows of a unit.
  private static func inner(_ unit: [Int], _ ranked: RankedPairs) -> Int64 {
    guard unit.count > 1 else { return 0 }
    if unit.count > 64 {
      let part = RankedPairs(x: unit.map { Double(ranked.xRanks[$0]) }, y: unit.map { Double(ranked.yRanks[$0]) })
      var counter = RankCounter(count: part.yCount)
      let ones = [Int32](repeating: 1, count: unit.count)
      return counter.concordance(xRanks: part.xRanks, yRanks: part.yRanks, weights: ones)
    }
    var sum: Int64 = 0
    for (index, left) in unit.enumerated() {
      for right in unit[..<index] {
        sum += Int64(
          (ranked.xRanks[left] - ranked.xRanks[right]).signum() * (ranked.yRanks[left] - ranked.yRanks[right]).signum())
      }
    }
    return sum
  }

  /// Tied pairs that go when rows of these ranks go.
  private static func lost(_ ranks: [Int32], _ totals: [Int64]) -> Int64 {
    var lost: Int64 = 0
    let sorted = ranks.sorted()
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let total = totals[Int(sorted[start])]
      lost += PairCounts.pairs(total) - PairCounts.pairs(total - Int64(end - start))
      start = end
    }
    return lost
  }
}

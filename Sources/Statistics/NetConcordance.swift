/// The net concordance of each row with all others: its concordant pairs less its discordant ones.
enum NetConcordance {
  /// Σⱼ wⱼ sign(xᵢ − xⱼ) sign(yᵢ − yⱼ) for every place i. O(n log n), without sorting.
  ///
  /// One pass in ascending order counts the weight that lies lower in both columns (LL), lower in x and tied in y (LE), and
  /// so on. With the totals of both columns the rest follows: LL + GG − LG − GL = LL + Gx − 2 GL − GE − LG.
  ///
  /// - Parameters:
  ///   - ranked: The ranks of the sample.
  ///   - order: Its places in ascending order of x, ties in ascending order of y.
  ///   - weights: The number of times that each place counts.
  ///   - xTotals: Sums of the weights by rank of x.
  ///   - yTotals: Sums of the weights by rank of y.
  static func byPlace(
    _ ranked: RankedPairs, order: [Int32], weights: [Int32], xTotals: [Int32], yTotals: [Int32]
  ) -> [Int] {
    let yBelow = Self.before(yTotals)
    let total = xTotals.reduce(0) { $0 + Int($1) }
    var net = [Int](repeating: 0, count: order.count)
    var inserted = FenwickTree<Int>(count: ranked.yCount)
    var xBelow = 0
    var start = 0
    while start < order.count {
      let xRank = ranked.xRanks[Int(order[start])]
      let xTied = Int(xTotals[Int(xRank)])
      let xAbove = total - xBelow - xTied
      var end = start
      var tiedLower = 0
      while end < order.count, ranked.xRanks[Int(order[end])] == xRank {
        let yRank = Int(ranked.yRanks[Int(order[end])])
        var next = end
        var tiedBoth = 0
        while next < order.count, ranked.xRanks[Int(order[next])] == xRank,
          Int(ranked.yRanks[Int(order[next])]) == yRank
        {
          tiedBoth += Int(weights[Int(order[next])])
          next += 1
        }
        let lowerLower = inserted.sum(below: yRank)
        let lowerUpToTied = inserted.sum(below: yRank + 1)
        let greaterLower = yBelow[yRank] - lowerLower - tiedLower
        let greaterTied = Int(yTotals[yRank]) - (lowerUpToTied - lowerLower) - tiedBoth
        let lowerGreater = xBelow - lowerUpToTied
        let value = lowerLower + xAbove - 2 * greaterLower - greaterTied - lowerGreater
        for place in end..<next { net[Int(order[place])] = value }
        tiedLower += tiedBoth
        end = next
      }
      for place in start..<end where weights[Int(order[place])] > 0 {
        inserted.add(Int(weights[Int(order[place])]), at: Int(ranked.yRanks[Int(order[place])]))
      }
      xBelow += xTied
      start = end
    }
    return net
  }

  /// The net concordance when every place counts once.
  static func byPlace(_ ranked: RankedPairs) -> [Int] {
    let ones = [Int32](repeating: 1, count: ranked.count)
    return byPlace(
      ranked, order: BestFirst.ascending(ranked), weights: ones, xTotals: ranked.tally(ranked.xRanks, ranked.xCount),
      yTotals: ranked.tally(ranked.yRanks, ranked.yCount))
  }

  /// Sums of the totals before each rank.
  private static func before(_ totals: [Int32]) -> [Int] {
    var sum = 0
    return totals.map { total in
      defer { sum += Int(total) }
      return sum
    }
  }
}

/// Prefix sums with insertions, each O(log n).
struct FenwickTree<Value: AdditiveArithmetic> {
  private var nodes: [Value]

  init(count: Int) { nodes = Array(repeating: .zero, count: count + 1) }

  /// Makes every sum zero again.
  mutating func clear() {
    for node in nodes.indices { nodes[node] = .zero }
  }

  mutating func add(_ value: Value, at index: Int) {
    var node = index + 1
    while node < nodes.count {
      nodes[node] += value
      node += node & -node
    }
  }

  /// The sum of the values at indices below the given one.
  func sum(below index: Int) -> Value {
    var node = index
    var sum = Value.zero
    while node > 0 {
      sum += nodes[node]
      node -= node & -node
    }
    return sum
  }
}

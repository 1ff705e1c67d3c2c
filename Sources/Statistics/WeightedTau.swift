/// Vigna's weighted τ (2015), additive hyperbolic weights.
enum WeightedTau {
  /// The mean of the coefficients with ranks by (x, y) and by (y, x); see `Coefficient.weightedTau`. O(n log n).
  static func value(_ sample: PairedSample) throws(Undefined) -> Double {
    (try value(sample.x, sample.y) + value(sample.y, sample.x)) / 2
  }

  /// τ_w = Σ (wᵢ + wⱼ) sign(xᵢ − xⱼ) sign(yᵢ − yⱼ) / √(Σ over pairs untied in x · Σ over pairs untied in y).
  private static func value(_ x: [Double], _ y: [Double]) throws(Undefined) -> Double {
    let count = x.count
    let xs = DenseRanks(x)
    let ys = DenseRanks(y)
    let order = (0..<count).sorted {
      (xs.ranks[$0], ys.ranks[$0], $0) > (xs.ranks[$1], ys.ranks[$1], $1)
    }
    var weights = [Double](repeating: 0, count: count)
    for (rank, row) in order.enumerated() { weights[row] = 1 / Double(rank + 1) }
    let all = weights.reduce(0, +) * Double(count - 1)
    let left = all - tied(xs, weights)
    let right = all - tied(ys, weights)
    guard left > 0, right > 0, xs.distinctCount > 1, ys.distinctCount > 1 else {
      throw Undefined("a column is constant")
    }
    return max(-1, min(1, concordance(order, xs, ys, weights) / (left * right).squareRoot()))
  }

  /// Σ (wᵢ + wⱼ) over the pairs tied in a column: each row's weight counts once for every other row of its group.
  private static func tied(_ ranks: DenseRanks, _ weights: [Double]) -> Double {
    var counts = [Int](repeating: 0, count: ranks.distinctCount)
    for rank in ranks.ranks { counts[Int(rank)] += 1 }
    return zip(ranks.ranks, weights).reduce(0) { $0 + $1.1 * Double(counts[Int($1.0)] - 1) }
  }

  private static func concordance(_ order: [Int], _ xs: DenseRanks, _ ys: DenseRanks, _ weights: [Double]) -> Double {
    var counts = FenwickTree(count: ys.distinctCount)
    var sums = FenwickTree(count: ys.distinctCount)
    var inserted = 0.0
    var insertedWeight = 0.0
    var result = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, xs.ranks[order[end]] == xs.ranks[order[start]] {
        let row = order[end]
        let rank = Int(ys.ranks[row])
        let (below, belowWeight) = (counts.sum(below: rank), sums.sum(below: rank))
        let above = inserted - counts.sum(below: rank + 1)
        let aboveWeight = insertedWeight - sums.sum(below: rank + 1)
        result += weights[row] * (above - below) + (aboveWeight - belowWeight)
        end += 1
      }
      for row in order[start..<end] {
        counts.add(1, at: Int(ys.ranks[row]))
        sums.add(weights[row], at: Int(ys.ranks[row]))
        inserted += 1
        insertedWeight += weights[row]
      }
      start = end
    }
    return result
  }
}

/// Prefix sums with insertions, each O(log n).
struct FenwickTree {
  private var nodes: [Double]

  init(count: Int) { nodes = Array(repeating: 0, count: count + 1) }

  mutating func add(_ value: Double, at index: Int) {
    var node = index + 1
    while node < nodes.count {
      nodes[node] += value
      node += node & -node
    }
  }

  /// The sum of the values at indices below the given one.
  func sum(below index: Int) -> Double {
    var node = index
    var sum = 0.0
    while node > 0 {
      sum += nodes[node]
      node -= node & -node
    }
    return sum
  }
}

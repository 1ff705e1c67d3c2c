import Outcomes

/// Yilmaz, Aslam & Robertson's τ_AP (2008).
enum AveragePrecisionTau {
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

/// Yilmaz, Aslam & Robertson's τ_AP (2008).
enum AveragePrecisionTau {
  /// τ_AP = 2/(n − 1) · Σ_{i=2…n} C(i)/(i − 1) − 1 over the rows in descending order of x; C(i) counts the rows before
  /// the i-th that y puts before it too. O(n log n). Undefined with ties in either column.
  static func value(_ sample: PairedSample) throws(Undefined) -> Double {
    let xs = DenseRanks(sample.x)
    let ys = DenseRanks(sample.y)
    guard xs.distinctCount == sample.count, ys.distinctCount == sample.count else {
      throw Undefined("τ_AP is defined for orders without ties")
    }
    var before = FenwickTree(count: sample.count)
    var sum = 0.0
    for (position, row) in xs.order.reversed().enumerated() {
      let rank = Int(ys.ranks[Int(row)])
      if position > 0 {
        let larger = Double(position) - before.sum(below: rank + 1)
        sum += larger / Double(position)
      }
      before.add(1, at: rank)
    }
    return 2 * sum / Double(sample.count - 1) - 1
  }
}

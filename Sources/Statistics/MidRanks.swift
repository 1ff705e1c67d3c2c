/// Ranks of values, ties sharing the mean of their places.
package enum MidRanks {
  /// The rank of each value, 1 for the smallest. O(n log n).
  ///
  /// - Precondition: Fewer than 2³¹ values, all finite.
  package static func ranks(_ values: [Double]) -> [Double] {
    let dense = DenseRanks(values)
    var counts = [Int](repeating: 0, count: dense.distinctCount)
    for rank in dense.ranks { counts[Int(rank)] += 1 }
    var before = 0
    let middles = counts.map { count -> Double in
      defer { before += count }
      return Double(before) + Double(count + 1) / 2
    }
    return dense.ranks.map { middles[Int($0)] }
  }
}

import Outcomes

/// The shares of all pairs of rows that are tied in each column of a sample. τ-b divides by what is left, and so rewards ties.
package struct TiedPairs: Sendable, Hashable {
  /// The share of the pairs that are tied in the first column, n₁/n₀, in 0 … 1.
  package let first: Double
  /// The share of the pairs that are tied in the second column, n₂/n₀.
  package let second: Double

  /// Counts the ties. O(n log n) at worst.
  package init(_ sample: PairedSample) {
    first = Self.share(sample.x)
    second = Self.share(sample.y)
  }

  /// The share of tied pairs of a column; 0 for fewer than two rows.
  package static func share(_ values: [Double]) -> Double {
    let ranks = DenseRanks(values)
    var totals = [Int64](repeating: 0, count: ranks.distinctCount)
    for rank in ranks.ranks { totals[Int(rank)] += 1 }
    let pairs = PairCounts.pairs(Int64(values.count))
    return pairs > 0 ? Double(totals.reduce(0) { $0 + PairCounts.pairs($1) }) / Double(pairs) : 0
  }
}

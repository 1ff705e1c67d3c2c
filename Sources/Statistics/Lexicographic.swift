/// The order by the first column, ties broken by the next.
package enum Lexicographic {
  /// Dense ranks of the rows' tuples, ascending; nil where a column has no finite value. O(columns · n) as a rule: each
  /// column refines the ranks of those before it.
  ///
  /// - Precondition: The columns have equal length.
  package static func scores(_ columns: [[Double?]]) -> [Double?] {
    guard let first = columns.first else { return [] }
    precondition(columns.allSatisfy { $0.count == first.count }, "columns have equal length")
    let complete = first.indices.filter { row in columns.allSatisfy { $0[row]?.isFinite ?? false } }
    var ranks = [Double](repeating: 0, count: complete.count)
    for column in columns {
      let next = DenseRanks(complete.map { column[$0] ?? 0 })
      let refined = ranks.indices.map { ranks[$0] * Double(next.distinctCount) + Double(next.ranks[$0]) }
      ranks = DenseRanks(refined).ranks.map { Double($0) }
    }
    var scores = [Double?](repeating: nil, count: first.count)
    for (row, rank) in zip(complete, ranks) { scores[row] = rank }
    return scores
  }
}

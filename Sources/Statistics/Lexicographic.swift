/// The order by the first column, ties broken by the next.
public enum Lexicographic {
  /// Dense ranks of the rows' tuples, ascending; nil where a column has no value.
  ///
  /// - Precondition: The columns have equal length.
  public static func scores(_ columns: [[Double?]]) -> [Double?] {
    guard let first = columns.first else { return [] }
    let complete = first.indices.filter { row in columns.allSatisfy { $0[row] != nil } }
    let tuple = { (row: Int) in columns.map { $0[row] ?? 0 } }
    let ordered = complete.sorted { tuple($0).lexicographicallyPrecedes(tuple($1)) }
    var scores = [Double?](repeating: nil, count: first.count)
    var rank = -1.0
    for (index, row) in ordered.enumerated() {
      if index == 0 || tuple(ordered[index - 1]) != tuple(row) { rank += 1 }
      scores[row] = rank
    }
    return scores
  }
}

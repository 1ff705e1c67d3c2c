import ElementaryFunctions

/// AZ-NAS's combination of metrics over a pool (Lee & Ham, CVPR 2024): Σ over metrics of ln(rank/l), ranks ascending among the l
/// members of the pool, equal values with the mean of their ranks. In (−∞, 0]; greater is better. It is invariant to monotone
/// transforms of each metric, and changes for every member when the pool grows.
package struct RankAggregation: Sendable {
  /// The values of each metric in the pool, ascending.
  private var sorted: [[Double]] = []
  /// Number of members of the pool.
  package private(set) var count = 0

  package init() {}

  /// A pool with all its members.
  ///
  /// - Parameter members: The values of each member, one of each metric, turned so that greater is better.
  /// - Precondition: All members have as many values, and these are finite.
  package init(_ members: [[Double]]) {
    count = members.count
    sorted = (members.first ?? []).indices.map { metric in members.map { $0[metric] }.sorted() }
  }

  /// Adds a member to the pool. O(metrics · members), of which all but the search is the move of later values.
  package mutating func add(_ values: [Double]) {
    if sorted.isEmpty { sorted = values.map { _ in [] } }
    for (metric, value) in values.enumerated() {
      sorted[metric].insert(value, at: Self.place(of: value, in: sorted[metric], isUpper: true))
    }
    count += 1
  }

  /// The score of a member. O(metrics · log members).
  package func score(_ values: [Double]) -> Double {
    var sum = 0.0
    for (metric, value) in values.enumerated() {
      let less = Self.place(of: value, in: sorted[metric], isUpper: false)
      let atMost = Self.place(of: value, in: sorted[metric], isUpper: true)
      sum += Elementary.log((Double(less) + Double(atMost - less + 1) / 2) / Double(count))
    }
    return sum
  }

  /// The number of values that are less, or with `isUpper` at most as great.
  private static func place(of value: Double, in sorted: [Double], isUpper: Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value || isUpper && sorted[middle] == value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

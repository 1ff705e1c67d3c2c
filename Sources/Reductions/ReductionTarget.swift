import Outcomes
import Statistics

/// The rows that reductions choose from: those with a value of the target. Places count these rows from 0.
package struct ReductionTarget: Sendable, Hashable {
  /// The table's row of each place.
  package let rows: [Int]
  /// The target at each place, as it is.
  package let values: [Double]
  /// True when a larger target is better, so that `gains` are the values themselves.
  package let higherIsBetter: Bool
  /// The cluster of each place; nil when every row stands by itself.
  package let clusters: [Int]?
  /// Rows without a target.
  package let missing: Int
  /// The target turned so that larger is better.
  package let gains: [Double]
  /// The mean of the target over all places.
  package let mean: Double

  /// Takes the rows that have a value.
  ///
  /// - Parameters:
  ///   - target: The target, by row.
  ///   - higherIsBetter: True when a larger target is better.
  ///   - clusters: The cluster of each row.
  /// - Throws: `Reason` when no row has a target, a value or the range is not finite, or clusters are not one for each
  ///   row.
  package init(_ target: [Double?], higherIsBetter: Bool, clusters: [Int]? = nil) throws(Reason) {
    guard clusters.map({ $0.count == target.count }) ?? true else { throw Reason("the columns differ in length") }
    let rows = target.indices.filter { target[$0] != nil }
    let values = rows.compactMap { target[$0] }
    guard !values.isEmpty else { throw Reason("no row has a target") }
    mean = try ColumnSummary(values).mean
    self.rows = rows
    self.values = values
    self.higherIsBetter = higherIsBetter
    self.clusters = clusters.map { all in rows.map { all[$0] } }
    missing = target.count - rows.count
    gains = higherIsBetter ? values : values.map { -$0 }
  }

  /// Number of places N.
  package var count: Int { values.count }

  /// A column at the places.
  package func values(of column: [Double?]) -> [Double?] { rows.map { column[$0] } }

  /// The number of rows that a size stands for: itself when it is at least 1, otherwise that share of all, at
  /// least 1.
  package func count(of size: Double) -> Int {
    max(1, TopSize.count(size, of: count))
  }

  /// A gain as a value of the target.
  func value(_ gain: Double) -> Double { higherIsBetter ? gain : -gain }
}

/// The best places by the target: what a reduction should keep. Places tied at the cut belong to it with equal chances.
package struct TopSet: Sendable, Hashable {
  /// The size as it was asked for: a count, or a share below 1.
  package let size: Double
  /// Number of places k.
  package let count: Int
  package let members: Membership

  /// The top of a target.
  ///
  /// - Throws: `Reason` when there are fewer places.
  package init(_ target: ReductionTarget, size: Double) throws(Reason) {
    self.size = size
    count = target.count(of: size)
    guard count <= target.count else { throw Reason("a top of \(count) of \(target.count) rows") }
    members = try Membership(top: count, of: target.gains)
  }
}

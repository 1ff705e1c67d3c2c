import Outcomes

/// Several metrics and one target, row by row, to be compared with one another on the same rows.
package struct ComparedColumns: Sendable {
  /// The metrics, some values missing.
  package let metrics: [[Double?]]
  /// The target, some values missing.
  package let target: [Double?]
  /// Names and directions of the metrics.
  package let columns: [SampleColumn]
  /// Name and direction of the target.
  package let second: SampleColumn
  /// The cluster of each row; nil when every row stands by itself.
  package let clusters: [Int]?
  /// The rows in which every metric and the target have a value.
  package let rows: [Int]

  /// Finds the rows that are complete. O(metrics · n).
  ///
  /// - Throws: `Reason` when the columns differ in length.
  package init(
    metrics: [[Double?]], target: [Double?], clusters: [Int]?, columns: [SampleColumn]? = nil,
    second: SampleColumn = .target
  ) throws(Reason) {
    guard columns.map({ $0.count == metrics.count }) ?? true, metrics.allSatisfy({ $0.count == target.count }),
      clusters.map({ $0.count == target.count }) ?? true
    else {
      throw Reason("the columns differ in length")
    }
    self.metrics = metrics
    self.target = target
    self.clusters = clusters
    self.columns = columns ?? metrics.map { _ in .metric }
    self.second = second
    rows = target.indices.filter { row in target[row] != nil && metrics.allSatisfy { $0[row] != nil } }
  }

  /// A metric with the target on the complete rows: the same rows and clusters for every metric.
  ///
  /// - Throws: `Reason` for a metric that is not there, fewer than two complete rows, or a value that is not finite.
  package func sample(_ metric: Int) throws(Reason) -> PairedSample {
    guard metrics.indices.contains(metric) else { throw Reason("there is no such metric") }
    return try PairedSample(
      x: rows.compactMap { metrics[metric][$0] }, y: rows.compactMap { target[$0] },
      clusters: clusters.map { all in rows.map { all[$0] } }, first: columns[metric], second: second)
  }

  /// A coefficient of two metrics with each other on the complete rows.
  ///
  /// - Throws: `Reason` as `sample` does, and where the coefficient has no value.
  package func coefficient(_ coefficient: Coefficient, of first: Int, and second: Int) throws(Reason) -> Double {
    guard metrics.indices.contains(first), metrics.indices.contains(second) else {
      throw Reason("there is no such metric")
    }
    return try coefficient.value(
      PairedSample(
        x: rows.compactMap { metrics[first][$0] }, y: rows.compactMap { metrics[second][$0] }, first: columns[first],
        second: columns[second]))
  }
}

import Outcomes

/// The treatment of rows where the metric or the target has no value.
package enum MissingPolicy: String, Sendable, Hashable, CaseIterable {
  /// Such rows are left out.
  case drop
  /// In the column without a value they are worse than every row that has one, tied among themselves.
  case worst
  /// There is no result.
  case error
}

/// A metric and a target row by row, some values missing.
package struct PairedColumns: Sendable {
  package var metric: [Double?]
  package var target: [Double?]
  /// True when large values of the metric are good; read by coefficients with weights and by `MissingPolicy.worst`.
  package var metricHigherIsBetter: Bool
  /// True when large values of the target are good; read in the same way.
  package var targetHigherIsBetter: Bool
  /// The cluster of each row; nil when every row stands by itself.
  package var clusters: [Int]?

  /// Pairs columns of equal length.
  package init(
    metric: [Double?], target: [Double?], metricHigherIsBetter: Bool, targetHigherIsBetter: Bool, clusters: [Int]?
  ) {
    precondition(metric.count == target.count, "columns have equal length")
    self.metric = metric
    self.target = target
    self.metricHigherIsBetter = metricHigherIsBetter
    self.targetHigherIsBetter = targetHigherIsBetter
    self.clusters = clusters
  }

  /// Rows without a metric value.
  package var missingMetric: Int { metric.count { $0 == nil } }
  /// Rows without a target value.
  package var missingTarget: Int { target.count { $0 == nil } }
  /// Rows without a metric value, a target value, or both.
  package var missingRows: Int { metric.indices.count { metric[$0] == nil || target[$0] == nil } }

  /// The metric as a column of samples.
  package var first: SampleColumn { SampleColumn("the metric", higherIsBetter: metricHigherIsBetter) }
  /// The target as a column of samples.
  package var second: SampleColumn { SampleColumn("the target", higherIsBetter: targetHigherIsBetter) }

  /// The rows that have both values.
  package var completeRows: [Int] { metric.indices.filter { metric[$0] != nil && target[$0] != nil } }

  /// The sample under a policy. Under `worst`, columns are replaced by their dense ranks when something is missing, so
  /// only rank coefficients have a meaning: see `permits`.
  ///
  /// - Throws: `Reason` for fewer than two rows, clusters that are not one for each row, a value that is not finite, or
  ///   with missing rows under `error`.
  package func sample(_ policy: MissingPolicy) throws(Reason) -> PairedSample {
    guard metric.count == target.count, clusters.map({ $0.count == metric.count }) ?? true else {
      throw Reason("the columns differ in length")
    }
    switch policy {
    case .error:
      guard missingRows == 0 else { throw Reason("\(missingRows) rows have no value, and the policy is error") }
      fallthrough
    case .drop:
      let rows = completeRows
      return try PairedSample(
        x: rows.compactMap { metric[$0] }, y: rows.compactMap { target[$0] },
        clusters: clusters.map { all in rows.map { all[$0] } }, first: first, second: second)
    case .worst:
      guard missingRows > 0 else { return try sample(.drop) }
      return try PairedSample(
        x: Self.filled(metric, higherIsBetter: metricHigherIsBetter),
        y: Self.filled(target, higherIsBetter: targetHigherIsBetter), clusters: clusters, first: first, second: second)
    }
  }

  /// True when a coefficient has a meaning under a policy: Pearson's r has none where a missing value stands for a rank.
  package func permits(_ coefficient: Coefficient, _ policy: MissingPolicy) -> Bool {
    coefficient != .pearson || policy != .worst || missingRows == 0
  }

  private static func filled(_ values: [Double?], higherIsBetter: Bool) -> [Double] {
    let present = values.compactMap { $0 }
    let ranks = DenseRanks(present)
    var next = 0
    return values.map { value in
      guard value != nil else { return higherIsBetter ? -1 : Double(ranks.distinctCount) }
      defer { next += 1 }
      return Double(ranks.ranks[next])
    }
  }
}

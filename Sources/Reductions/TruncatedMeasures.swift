import Outcomes
import Statistics

/// A reduction among the best part of the ranking alone: what is left of its merit once bad rows, which almost any rule
/// leaves out, are gone.
package struct TruncatedMeasures: Sendable, Hashable {
  /// The share of the ranking kept, best first.
  package let share: Double
  /// Rows kept, all that are tied with the last one too.
  package let count: Int
  /// Expected number of them in the reduction.
  package let inside: Double
  /// Mean of the target over the reduction's rows among them, in its units; nil when there are none.
  package let mean: Double?
  /// Mean of the target over all of them.
  package let meanOfAll: Double
  /// For each top set its recall divided by the reduction's share of the rows kept: undefined when the top set is larger
  /// than what is kept, or no row of the reduction is.
  package let enrichments: [Result<Double, Reason>]

  /// Measures a reduction among the best rows.
  ///
  /// - Throws: `Reason` when the values' range is too large.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Result<TopSet, Reason>], share: Double
  ) throws(Reason) {
    let kept = Truncation.rows(target.gains, share: share, higherIsBetter: true)
    var isKept = [Double](repeating: 0, count: target.count)
    for place in kept { isKept[place] = 1 }
    let (count, inside) = (kept.count, members.sum(isKept))
    self.share = share
    self.count = count
    self.inside = inside
    meanOfAll = try ColumnSummary(kept.map { target.values[$0] }).mean
    mean = inside > 0 ? members.sum(target.values.indices.map { isKept[$0] * (target.values[$0] / inside) }) : nil
    enrichments = tops.map { top in
      top.flatMap { set -> Result<Double, Reason> in
        guard set.count <= count else { return .failure(Reason("the top is larger than what is kept")) }
        guard inside > 0 else { return .failure(Reason("no row of the reduction is among the best")) }
        let recall = members.overlap(set.members, count: target.count) / Double(set.count)
        return .success(recall / (inside / Double(count)))
      }
    }
  }
}

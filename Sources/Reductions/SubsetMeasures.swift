import Outcomes
import Statistics

/// How good a subset of places is, ties at its cut by expectation.
package struct SubsetMeasures: Sendable, Hashable {
  /// Number of places.
  package let size: Int
  /// Places tied at the cut; 0 when it is clean.
  package let tied: Int
  /// Mean of the target, in its units.
  package let mean: Double
  /// Best target, in its units.
  package let best: Double
  /// How much better the best of all is, in units of the target; at least 0.
  package let regret: Double
  /// For each top set the expected share of it that is kept.
  package let recalls: [Result<Double, Reason>]

  /// Measures a subset.
  ///
  /// - Parameters:
  ///   - members: The places kept.
  ///   - target: The target.
  ///   - tops: What should be kept.
  /// - Throws: `Reason` for an empty subset.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Result<TopSet, Reason>]
  ) throws(Reason) {
    guard members.size > 0 else { throw Reason("no row is kept") }
    size = members.size
    tied = members.tied.count
    let deviations = target.values.map { ($0 - target.mean) / Double(members.size) }
    mean = target.mean + members.sum(deviations)
    let best = members.expectedMaximum(target.gains)
    self.best = target.value(best)
    regret = max(0, (target.gains.max() ?? best) - best)
    recalls = tops.map { top in
      top.map { members.overlap($0.members, count: target.count) / Double($0.count) }
    }
  }
}

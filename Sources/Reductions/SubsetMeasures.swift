import Outcomes
import Statistics

/// Mean, best value, regret and recalls of a subset of places, ties at its cut by expectation.
package struct SubsetMeasures: Sendable, Hashable {
  /// Number of places.
  package let size: Int
  /// Places tied at the cut; 0 when it is clean.
  package let tied: Int
  /// Mean of the target, in its units.
  package let mean: Double
  /// Best target, in its units.
  package let best: Double
  /// Best of all less the best kept, turned so that it is at least 0; in units of the target.
  package let regret: Double
  /// For each top set the expected share of it that is kept.
  package let recalls: [Outcome<Double>]

  /// Measures a subset.
  ///
  /// - Parameters:
  ///   - members: The places kept.
  ///   - target: The target.
  ///   - tops: The top sets whose recall is measured.
  /// - Throws: `Reason` for an empty subset.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Outcome<TopSet>]
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
  package let enrichments: [Outcome<Double>]

  /// Measures a reduction among the best rows.
  ///
  /// - Throws: `Reason` when the values' range is too large.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Outcome<TopSet>], share: Double
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
      top.flatMap { set -> Outcome<Double> in
        guard set.count <= count else { return .failure(Reason("the top is larger than what is kept")) }
        guard inside > 0 else { return .failure(Reason("no row of the reduction is among the best")) }
        let recall = members.overlap(set.members, count: target.count) / Double(set.count)
        return .success(recall / (inside / Double(count)))
      }
    }
  }
}

/// The smallest and largest values of a subset's measures over seeded ways to break the ties at its cut.
package struct TieRange: Sendable, Hashable {
  /// Number of ways tried.
  package let draws: Int
  /// Smallest and largest mean of the target.
  package let mean: ClosedRange<Double>
  package let regret: ClosedRange<Double>
  /// For each top set the shares of it that are kept.
  package let recalls: [Outcome<ClosedRange<Double>>]

  /// Draws the places tied at the cut so many times; nil when there are none. Ties of the top sets stay by expectation.
  ///
  /// - Throws: `Reason` for an empty subset.
  package init?(
    _ members: Membership, target: ReductionTarget, tops: [Outcome<TopSet>], draws: Int, seed: UInt64
  ) throws(Reason) {
    guard !members.tied.isEmpty, draws >= 1 else { return nil }
    var measures: [SubsetMeasures] = []
    for draw in 0..<draws {
      measures.append(
        try SubsetMeasures(Membership(kept: members.places(seed: seed, draw: draw)), target: target, tops: tops))
    }
    func range(_ values: [Double]) -> ClosedRange<Double> {
      let least = values.min() ?? 0
      return least...max(least, values.max() ?? 0)
    }
    self.draws = draws
    mean = range(measures.map(\.mean))
    regret = range(measures.map(\.regret))
    recalls = tops.indices.map { index in
      tops[index].map { _ in range(measures.compactMap(\.recalls[index].value)) }
    }
  }
}

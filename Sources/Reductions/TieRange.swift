import Outcomes
import Statistics

/// The smallest and largest values of a subset's measures over seeded ways to break the ties at its cut.
package struct TieRange: Sendable, Hashable {
  /// Ways tried.
  package let draws: Int
  /// Means of the target.
  package let mean: ClosedRange<Double>
  /// Regrets.
  package let regret: ClosedRange<Double>
  /// For each top set the shares of it that are kept.
  package let recalls: [Result<ClosedRange<Double>, Reason>]

  /// Draws the places tied at the cut so many times; nil when there are none. Ties of the top sets stay by expectation.
  ///
  /// - Throws: `Reason` for an empty subset.
  package init?(
    _ members: Membership, target: ReductionTarget, tops: [Result<TopSet, Reason>], draws: Int, seed: UInt64
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
      switch tops[index] {
      case .failure(let undefined): .failure(undefined)
      case .success: .success(range(measures.compactMap { try? $0.recalls[index].get() }))
      }
    }
  }
}

import Outcomes
import Statistics

/// How good a reduced space is.
package struct ReductionEvaluation: Sendable, Hashable {
  /// The expected best of some draws without replacement.
  package struct BestOfDraws: Sendable, Hashable {
    /// Number of draws n.
    package let draws: Int
    /// Expected best of n drawn from the reduced space, in units of the target.
    package let inside: Result<Double, Reason>
    /// Expected best of n drawn from all.
    package let all: Result<Double, Reason>
  }

  /// Measures with ties at the cut by expectation.
  package let measures: SubsetMeasures
  /// The same of random subsets of that size.
  package let random: RandomSubsets
  /// The places judged in what follows: all that are kept; where there are ties, those of the first seeded draw.
  package let drawn: [Int]
  /// The target inside.
  package let inside: ColumnSummary
  /// Mean and median inside with their intervals.
  package let location: LocationBootstrap.Outcome
  /// The target of the rows left out; nil when there are none.
  package let outside: ColumnSummary?
  /// The expected best of each number of draws.
  package let bestOfDraws: [BestOfDraws]
  /// The reduction at each truncation.
  package let truncation: [TruncatedMeasures]
  /// The measures over seeded ways to break ties; nil when the cut is clean.
  package let ties: TieRange?

  /// Evaluates a reduction.
  ///
  /// - Parameters:
  ///   - members: The places kept.
  ///   - target: The target.
  ///   - tops: The top sets of the settings, see `ReductionSettings.topSets`.
  ///   - settings: What is measured.
  /// - Throws: `Reason` when no row is kept.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Result<TopSet, Reason>], settings: ReductionSettings
  ) throws(Reason) {
    measures = try SubsetMeasures(members, target: target, tops: tops)
    random = try RandomSubsets(size: members.size, target: target, tops: tops, level: settings.interval.level)
    drawn = members.places(seed: settings.tieSeed, draw: 0)
    let (places, values) = (drawn, drawn.map { target.values[$0] })
    inside = try ColumnSummary(values)
    location = try LocationBootstrap.estimates(
      of: values, clusters: target.clusters.map { all in places.map { all[$0] } }, settings: settings.interval)
    let isInside = Set(places)
    let others = target.values.indices.filter { !isInside.contains($0) }.map { target.values[$0] }
    outside = others.isEmpty ? nil : try ColumnSummary(others)
    let gains = places.map { target.gains[$0] }
    bestOfDraws = settings.draws.map { draws in
      BestOfDraws(
        draws: draws, inside: Self.best(gains, draws: draws, target), all: Self.best(target.gains, draws: draws, target)
      )
    }
    var truncation: [TruncatedMeasures] = []
    for share in settings.truncation {
      truncation.append(try TruncatedMeasures(members, target: target, tops: tops, share: share))
    }
    self.truncation = truncation
    ties = try TieRange(members, target: target, tops: tops, draws: settings.tieDraws, seed: settings.tieSeed)
  }

  private static func best(_ gains: [Double], draws: Int, _ target: ReductionTarget) -> Result<Double, Reason> {
    do throws(Reason) {
      return .success(target.value(try OrderStatistics.expectedMaximum(gains, draws: draws)))
    } catch {
      return .failure(error)
    }
  }
}

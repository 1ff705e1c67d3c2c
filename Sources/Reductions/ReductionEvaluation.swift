import Outcomes
import Statistics

/// A reduced space measured, beside random subsets of the same size.
package struct ReductionEvaluation: Sendable, Hashable {
  /// The expected best of some draws without replacement.
  package struct BestOfDraws: Sendable, Hashable {
    /// Number of draws n.
    package let draws: Int
    /// Expected best of n drawn from the reduced space, in units of the target.
    package let inside: Outcome<Double>
    /// Expected best of n drawn from all.
    package let all: Outcome<Double>
  }

  /// Measures with ties at the cut by expectation.
  package let measures: SubsetMeasures
  /// The measures of random subsets of that size.
  package let random: RandomSubsets
  /// The places judged in what follows: all that are kept; where there are ties, those of the first seeded draw.
  package let drawn: [Int]
  /// Summary of the target inside the reduction.
  package let inside: ColumnSummary
  /// Mean and median inside with their intervals.
  package let location: LocationBootstrap.Estimates
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
  ///   - settings: The sizes, draws, truncations, intervals and ties of the measures.
  /// - Throws: `Reason` when no row is kept.
  package init(
    _ members: Membership, target: ReductionTarget, tops: [Outcome<TopSet>], settings: ReductionSettings
  ) throws(Reason) {
    measures = try SubsetMeasures(members, target: target, tops: tops)
    var draws = settings.interval
    draws.resamples = max(draws.resamples, RandomSubsets.fewestDraws)
    random = try RandomSubsets(size: members.size, target: target, tops: tops, settings: draws)
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
    truncation = try settings.truncation.map { share throws(Reason) in
      try TruncatedMeasures(members, target: target, tops: tops, share: share)
    }
    ties = try TieRange(members, target: target, tops: tops, draws: settings.tieDraws, seed: settings.tieSeed)
  }

  private static func best(_ gains: [Double], draws: Int, _ target: ReductionTarget) -> Outcome<Double> {
    .of { () throws(Reason) in target.value(try OrderStatistics.expectedMaximum(gains, draws: draws)) }
  }
}

/// Settings of the measures of reductions.
package struct ReductionSettings: Sendable, Hashable {
  /// Sizes of the top sets: counts, or shares below 1.
  package var tops: [Double]
  /// Numbers of draws whose expected best is computed.
  package var draws: [Int]
  /// Shares of the target's ranking, best first, at which a reduction is measured again.
  package var truncation: [Double]
  /// Settings of the intervals of mean and median; their level is also that of the bands of random subsets.
  package var interval: BootstrapSettings
  /// Number of ways to break ties at a cut that are tried.
  package var tieDraws: Int
  /// Seed of these ways.
  package var tieSeed: UInt64

  package init(
    tops: [Double] = [10, 25, 50, 100, 0.1], draws: [Int] = [1, 10, 25], truncation: [Double] = [1, 0.5, 0.25],
    interval: BootstrapSettings = BootstrapSettings(), tieDraws: Int = 100, tieSeed: UInt64 = 1
  ) {
    self.tops = tops
    self.draws = draws
    self.truncation = truncation
    self.interval = interval
    self.tieDraws = tieDraws
    self.tieSeed = tieSeed
  }

  /// The top sets of a target.
  package func topSets(_ target: ReductionTarget) -> [Outcome<TopSet>] {
    tops.map { size in .of { () throws(Reason) in try TopSet(target, size: size) } }
  }
}

/// Kendall's τ-b of a metric and the target inside a reduced space.
package struct InsideCorrelation: Sendable, Hashable {
  /// Places with a metric value.
  package let count: Int
  /// Kendall's τ-b with the target as it is, or why there is none.
  package let kendallTauB: Outcome<Double>
  /// Its interval, or why there is none; nil when none was asked for.
  package let interval: Outcome<Interval>?

  /// Correlates a metric with the target.
  ///
  /// - Parameters:
  ///   - metric: The metric as it is, by place.
  ///   - target: The target.
  ///   - drawn: The places inside.
  ///   - settings: The bootstrap of the interval; no interval when nil.
  package init(_ metric: [Double?], target: ReductionTarget, drawn: [Int], settings: BootstrapSettings?) {
    let places = drawn.filter { metric[$0] != nil }
    count = places.count
    do throws(Reason) {
      let sample = try PairedSample(
        x: places.compactMap { metric[$0] }, y: places.map { target.values[$0] },
        clusters: target.clusters.map { all in places.map { all[$0] } })
      kendallTauB = .success(try Coefficient.kendallTauB.value(sample))
      interval = settings.map { Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: $0)[0] }
    } catch {
      kendallTauB = .failure(error)
      interval = settings.map { _ in .failure(error) }
    }
  }
}

import Outcomes
import Statistics

/// What is measured of reductions.
package struct ReductionSettings: Sendable, Hashable {
  /// Sizes of the top sets: counts, or shares below 1.
  package var tops: [Double]
  /// Numbers of draws whose expected best is computed.
  package var draws: [Int]
  /// Shares of the target's ranking, best first, at which a reduction is measured again.
  package var truncation: [Double]
  /// How intervals of mean and median are made; their level is also that of the bands of random subsets.
  package var interval: BootstrapSettings
  /// How many ways to break ties at a cut are tried.
  package var tieDraws: Int
  /// Seed of these ways.
  package var tieSeed: UInt64

  /// Creates settings.
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
  package func topSets(_ target: ReductionTarget) -> [Result<TopSet, Reason>] {
    tops.map { size in
      do throws(Reason) { return .success(try TopSet(target, size: size)) } catch { return .failure(error) }
    }
  }
}

import Outcomes
import Statistics

/// What random subsets of one size look like, drawn without replacement from all places.
package struct RandomSubsets: Sendable, Hashable {
  /// Expected mean of the target: that of all.
  package let mean: Double
  /// Standard error of the mean by the finite-population formula.
  package let standardError: Double
  /// The band of the mean, mean ± z·SE.
  package let meanBand: ClosedRange<Double>
  /// Expected best target.
  package let best: Double
  /// The band of the best target.
  package let bestBand: ClosedRange<Double>
  /// Expected regret.
  package let regret: Double
  /// For each top set the distribution of recall.
  package let recalls: [Result<RandomRecall, Reason>]

  /// Describes the subsets of a size.
  ///
  /// - Throws: `Reason` when so many cannot be drawn.
  package init(
    size: Int, target: ReductionTarget, tops: [Result<TopSet, Reason>], level: Double = 0.95
  ) throws(Reason) {
    let population = try FinitePopulation(target.values)
    mean = population.mean
    standardError = try population.standardErrorOfMean(size: size)
    let tail = (1 - min(1, max(0, level))) / 2
    let half = standardError == 0 ? 0 : -Normal.quantile(tail) * standardError
    meanBand = (mean - half)...(mean + half)
    let expected = try OrderStatistics.expectedMaximum(target.gains, draws: size)
    best = target.value(expected)
    let ends = [
      target.value(try OrderStatistics.maximumQuantile(target.gains, draws: size, tail)),
      target.value(try OrderStatistics.maximumQuantile(target.gains, draws: size, 1 - tail)),
    ].sorted()
    bestBand = ends[0]...ends[1]
    regret = max(0, (target.gains.max() ?? expected) - expected)
    var recalls: [Result<RandomRecall, Reason>] = []
    for top in tops {
      do throws(Reason) {
        recalls.append(.success(try RandomRecall(top.get(), count: target.count, size: size, level: level)))
      } catch {
        recalls.append(.failure(error))
      }
    }
    self.recalls = recalls
  }
}

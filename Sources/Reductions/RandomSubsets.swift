import Outcomes
import Statistics

/// Expected measures of random subsets of one size, with their bands: exactly, of rows drawn without replacement, where every row
/// stands by itself; where rows are in units, of whole units drawn at random (`UnitDraws`).
package struct RandomSubsets: Sendable, Hashable {
  /// The fewest subsets of whole units that reductions are held against, however few resamples their intervals take.
  package static let fewestDraws = 9999

  /// Subsets of whole units that were drawn; nil where the distribution is exact.
  package let draws: Int?
  /// Expected mean of the target.
  package let mean: Double
  /// Standard error of the mean: by the finite-population formula, or the standard deviation over the draws.
  package let standardError: Double
  /// The band of the mean: mean ± z·SE, or quantiles of the draws.
  package let meanBand: ClosedRange<Double>
  /// Expected best target.
  package let best: Double
  /// The band of the best target.
  package let bestBand: ClosedRange<Double>
  /// Expected regret.
  package let regret: Double
  /// For each top set the distribution of recall.
  package let recalls: [Outcome<RandomRecall>]

  /// Computes the distribution for subsets of a size.
  ///
  /// - Parameter settings: The level of bands, and number and seed of draws.
  /// - Throws: `Reason` when so many cannot be drawn.
  package init(
    size: Int, target: ReductionTarget, tops: [Outcome<TopSet>], settings: BootstrapSettings = BootstrapSettings()
  ) throws(Reason) {
    let level = min(1, max(0, settings.level))
    if let clusters = target.clusters, Set(clusters).count < clusters.count {
      self = try RandomSubsets(size, target, clusters, tops, level: level, settings)
      return
    }
    draws = nil
    let population = try FinitePopulation(target.values)
    mean = population.mean
    standardError = try population.standardErrorOfMean(size: size)
    let tail = (1 - level) / 2
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
    recalls = tops.map { top in
      .of { () throws(Reason) in try RandomRecall(top.get(), count: target.count, size: size, level: level) }
    }
  }

  /// The distribution for subsets of whole units.
  private init(
    _ size: Int, _ target: ReductionTarget, _ clusters: [Int], _ tops: [Outcome<TopSet>], level: Double,
    _ settings: BootstrapSettings
  ) throws(Reason) {
    let made = try UnitDraws(
      size: size, target: target, clusters: clusters, tops: tops, draws: settings.resamples, seed: settings.seed)
    let tail = (1 - level) / 2
    func band(_ values: [Double]) -> ClosedRange<Double> {
      let sorted = values.sorted()
      let low = Quantile.linear(sorted, tail)
      return low...max(low, Quantile.linear(sorted, 1 - tail))
    }
    draws = settings.resamples
    let summary = try ColumnSummary(made.means)
    mean = summary.mean
    standardError = summary.standardDeviation ?? 0
    meanBand = band(made.means)
    let expected = Mean.value(made.best)
    best = target.value(expected)
    let ends = band(made.best)
    bestBand =
      min(
        target.value(ends.lowerBound), target.value(ends.upperBound))...max(
        target.value(ends.lowerBound), target.value(ends.upperBound))
    regret = max(0, (target.gains.max() ?? expected) - expected)
    recalls = zip(tops, made.recalls).map { top, recalls in top.map { _ in RandomRecall(drawn: recalls, level: level) }
    }
  }
}

/// The share of a top set that a random subset keeps.
///
/// Of rows drawn without replacement: with k places wanted, s of them for sure and the others among t tied places with chance c each, a subset that keeps X of
/// the sure and Y of the tied places has recall (X + cY)/k. X and Y are hypergeometric, so that the distribution is exact.
package struct RandomRecall: Sendable, Hashable {
  /// Expected recall: the subset's share of all places.
  package let expected: Double
  /// Lower end of the band.
  package let lower: Double
  /// Upper end of the band.
  package let upper: Double
  /// Subsets that were drawn; nil where the distribution is exact.
  package let draws: Int?
  private let outcomes: [Chance]
  /// The exact law; nil where subsets were drawn.
  private let law: Law?

  /// The places that recall is made of.
  private struct Law: Sendable, Hashable {
    var ofSure: Hypergeometric
    /// All places that are not sure.
    var others: Int
    var tied: Int
    var drawn: Int
    var chance: Double
    /// Places wanted.
    var wanted: Double

    /// P(X + cY ≥ wanted · recall): a sum of the small terms first, so that small tails keep their digits.
    func atLeast(_ recall: Double) -> Double {
      let needed = (recall - 1e-12) * wanted
      var sum = 0.0
      for kept in ofSure.support.reversed() {
        let probability = ofSure.probabilities[kept - ofSure.lower]
        let missing = needed - Double(kept)
        if missing <= 0 {
          sum += probability
        } else if tied > 0, probability > 0, missing <= chance * Double(tied),
          let ofTied = try? Hypergeometric(total: others, marked: tied, drawn: drawn - kept)
        {
          sum += probability * ofTied.atLeast(Int((missing / chance).rounded(.up)))
        }
      }
      return min(1, sum)
    }
  }

  private struct Chance: Sendable, Hashable {
    var recall: Double
    var probability: Double
  }

  /// The distribution for subsets of a size.
  ///
  /// - Parameters:
  ///   - top: The top set whose recall is measured.
  ///   - count: Number of all places.
  ///   - size: Number of places drawn.
  ///   - level: Coverage of the band, whose ends are the (1 ∓ level)/2 quantiles; it holds at least that much.
  /// - Throws: `Reason` when so many cannot be drawn.
  package init(_ top: TopSet, count: Int, size: Int, level: Double = 0.95) throws(Reason) {
    let (sure, tied, chance) = (top.members.certain.count, top.members.tied.count, top.members.chance)
    let wanted = Double(top.count)
    let ofSure = try Hypergeometric(total: count, marked: sure, drawn: size)
    law = Law(ofSure: ofSure, others: count - sure, tied: tied, drawn: size, chance: chance, wanted: wanted)
    var outcomes: [Chance] = []
    for (offset, probability) in ofSure.probabilities.enumerated() where probability > 0 {
      let kept = ofSure.lower + offset
      guard tied > 0 else {
        outcomes.append(Chance(recall: Double(kept) / wanted, probability: probability))
        continue
      }
      let ofTied = try Hypergeometric(total: count - sure, marked: tied, drawn: size - kept)
      for (other, share) in ofTied.probabilities.enumerated() where share > 0 {
        outcomes.append(
          Chance(
            recall: (Double(kept) + chance * Double(ofTied.lower + other)) / wanted, probability: probability * share))
      }
    }
    outcomes.sort { $0.recall == $1.recall ? $0.probability < $1.probability : $0.recall < $1.recall }
    self.outcomes = outcomes
    draws = nil
    expected = Double(size) / Double(count)
    let tail = (1 - min(1, max(0, level))) / 2
    lower = Self.quantile(outcomes, tail)
    upper = Self.quantile(outcomes, 1 - tail)
  }

  /// The distribution over drawn subsets.
  ///
  /// - Parameter drawn: The recall of each subset; one at least.
  init(drawn: [Double], level: Double) {
    var outcomes: [Chance] = []
    for recall in drawn.sorted() {
      if let last = outcomes.last, last.recall == recall {
        outcomes[outcomes.count - 1].probability += 1
      } else {
        outcomes.append(Chance(recall: recall, probability: 1))
      }
    }
    for index in outcomes.indices { outcomes[index].probability /= Double(max(1, drawn.count)) }
    self.outcomes = outcomes
    law = nil
    draws = drawn.count
    expected = Mean.value(drawn)
    let tail = (1 - min(1, max(0, level))) / 2
    lower = Self.quantile(outcomes, tail)
    upper = Self.quantile(outcomes, 1 - tail)
  }

  /// The probability that a random subset keeps at least this share. Of B drawn subsets (1 + those that do)/(B + 1), so that it is
  /// never 0 (Davison & Hinkley 1997, § 4.2).
  package func atLeast(_ recall: Double) -> PValue {
    if let law { return PValue(exact: law.atLeast(recall)) }
    return counted(outcomes.reversed().reduce(0) { $1.recall >= recall - 1e-12 ? $0 + $1.probability : $0 })
  }

  /// The probability that a random subset keeps at most this share, as `atLeast`.
  package func atMost(_ recall: Double) -> PValue {
    counted(outcomes.reduce(0) { $1.recall <= recall + 1e-12 ? $0 + $1.probability : $0 })
  }

  /// min(1, 2 min(P(at least), P(at most))): the probability of a share at least as far from that of random subsets.
  package func twoSided(_ recall: Double) -> Double { min(1, 2 * min(atLeast(recall).value, atMost(recall).value)) }

  private func counted(_ share: Double) -> PValue {
    guard let draws else { return PValue(exact: min(1, share)) }
    return PValue(exceeding: Int(min(Double(draws), (share * Double(draws)).rounded())), of: draws)
  }

  private static func quantile(_ outcomes: [Chance], _ p: Double) -> Double {
    var below = 0.0
    for outcome in outcomes {
      below += outcome.probability
      if below >= p - 1e-12 { return outcome.recall }
    }
    return outcomes.last?.recall ?? 0
  }
}

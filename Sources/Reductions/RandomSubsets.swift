import Outcomes
import Statistics

/// Expected measures of random subsets of one size, drawn without replacement from all places, with their bands.
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
  package let recalls: [Outcome<RandomRecall>]

  /// Computes the distribution for subsets of a size, in closed form.
  ///
  /// - Throws: `Reason` when so many cannot be drawn.
  package init(
    size: Int, target: ReductionTarget, tops: [Outcome<TopSet>], level: Double = 0.95
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
    recalls = tops.map { top in
      .of { () throws(Reason) in try RandomRecall(top.get(), count: target.count, size: size, level: level) }
    }
  }
}

/// The share of a top set that a random subset keeps, drawn without replacement.
///
/// With k places wanted, s of them for sure and the others among t tied places with chance c each, a subset that keeps X of
/// the sure and Y of the tied places has recall (X + cY)/k. X and Y are hypergeometric, so that the distribution is exact.
package struct RandomRecall: Sendable, Hashable {
  /// Expected recall: the subset's share of all places.
  package let expected: Double
  /// Lower end of the band.
  package let lower: Double
  /// Upper end of the band.
  package let upper: Double
  private let outcomes: [Chance]
  private let law: Law

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
    for (offset, probability) in ofSure.probabilities.enumerated() where probability > 1e-16 {
      let kept = ofSure.lower + offset
      guard tied > 0 else {
        outcomes.append(Chance(recall: Double(kept) / wanted, probability: probability))
        continue
      }
      let ofTied = try Hypergeometric(total: count - sure, marked: tied, drawn: size - kept)
      for (other, share) in ofTied.probabilities.enumerated() where share > 1e-16 {
        outcomes.append(
          Chance(
            recall: (Double(kept) + chance * Double(ofTied.lower + other)) / wanted, probability: probability * share))
      }
    }
    outcomes.sort { $0.recall == $1.recall ? $0.probability < $1.probability : $0.recall < $1.recall }
    self.outcomes = outcomes
    expected = Double(size) / Double(count)
    let tail = (1 - min(1, max(0, level))) / 2
    lower = Self.quantile(outcomes, tail)
    upper = Self.quantile(outcomes, 1 - tail)
  }

  /// The probability that a random subset keeps at least this share.
  package func atLeast(_ recall: Double) -> Double { law.atLeast(recall) }

  private static func quantile(_ outcomes: [Chance], _ p: Double) -> Double {
    var below = 0.0
    for outcome in outcomes {
      below += outcome.probability
      if below >= p - 1e-12 { return outcome.recall }
    }
    return outcomes.last?.recall ?? 0
  }
}

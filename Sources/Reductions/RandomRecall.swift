import Outcomes
import Statistics

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
  private let outcomes: [Outcome]

  private struct Outcome: Sendable, Hashable {
    var recall: Double
    var probability: Double
  }

  /// The distribution for subsets of a size.
  ///
  /// - Parameters:
  ///   - top: What should be kept.
  ///   - count: Number of all places.
  ///   - size: Number of places drawn.
  ///   - level: Coverage of the band, whose ends are the (1 ∓ level)/2 quantiles; it holds at least that much.
  /// - Throws: `Reason` when so many cannot be drawn.
  package init(_ top: TopSet, count: Int, size: Int, level: Double = 0.95) throws(Reason) {
    let (sure, tied, chance) = (top.members.certain.count, top.members.tied.count, top.members.chance)
    let wanted = Double(top.count)
    let ofSure = try Hypergeometric(total: count, marked: sure, drawn: size)
    var outcomes: [Outcome] = []
    for (offset, probability) in ofSure.probabilities.enumerated() where probability > 1e-16 {
      let kept = ofSure.lower + offset
      guard tied > 0 else {
        outcomes.append(Outcome(recall: Double(kept) / wanted, probability: probability))
        continue
      }
      let ofTied = try Hypergeometric(total: count - sure, marked: tied, drawn: size - kept)
      for (other, share) in ofTied.probabilities.enumerated() where share > 1e-16 {
        outcomes.append(
          Outcome(
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
  package func atLeast(_ recall: Double) -> Double {
    min(1, outcomes.reduce(0) { $1.recall >= recall - 1e-12 ? $0 + $1.probability : $0 })
  }

  private static func quantile(_ outcomes: [Outcome], _ p: Double) -> Double {
    var below = 0.0
    for outcome in outcomes {
      below += outcome.probability
      if below >= p - 1e-12 { return outcome.recall }
    }
    return outcomes.last?.recall ?? 0
  }
}

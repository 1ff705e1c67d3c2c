import Outcomes
import Testing

@testable import Statistics

@Suite struct MannWhitneyTests {
  @Test func agreesWithSciPy() throws {
    for sums in try ComparisonFixture.load().rankSums {
      let normal = try MannWhitney(sums.first, sums.second, method: .normal)
      #expect(normal.statistic == sums.statistic && !normal.isExact)
      for (value, expected) in zip([normal.pValue, normal.pValueGreater, normal.pValueLess], sums.asymptotic) {
        #expect(abs(value - expected) <= 1e-12 * max(1e-3, expected), "\(sums.first.count) × \(sums.second.count)")
      }
      let automatic = try MannWhitney(sums.first, sums.second)
      #expect(automatic.isExact == (sums.exact != nil))
      guard let exact = sums.exact else { continue }
      for (value, expected) in zip([automatic.pValue, automatic.pValueGreater, automatic.pValueLess], exact) {
        #expect(abs(value - expected) <= 1e-11 * expected, "\(sums.first.count) × \(sums.second.count)")
      }
    }
  }

  /// Of the C(5, 2) = 10 orders of two and three values, one has U = 6 and one has U = 5.
  @Test func smallSamplesAreCounted() throws {
    let test = try MannWhitney([8, 9], [1, 2, 3])
    #expect(test.statistic == 6 && test.effectSize == 1)
    #expect(abs(test.pValueGreater - 0.1) < 1e-15 && test.pValueLess == 1 && abs(test.pValue - 0.2) < 1e-15)
    let next = try MannWhitney([2.5, 9], [1, 2, 3])
    #expect(next.statistic == 5 && abs(next.pValueGreater - 0.2) < 1e-15)
  }

  /// U counts pairs, so the two samples' statistics add up to n₁n₂, ties or not.
  @Test func statisticsAddUp() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<40 {
      let first = (0..<9).map { _ in Double(generator.next(below: 5)) }
      let second = (0..<13).map { _ in Double(generator.next(below: 6)) }
      let counted = first.reduce(0.0) { sum, x in
        second.reduce(sum) { $0 + ($1 < x ? 1 : $1 == x ? 0.5 : 0) }
      }
      let (one, other) = (try MannWhitney(first, second), try MannWhitney(second, first))
      #expect(one.statistic == counted && one.statistic + other.statistic == 117)
      #expect(one.pValueGreater == other.pValueLess && one.pValue == other.pValue)
    }
  }

  @Test func samplesThatSayNothing() throws {
    let same = try MannWhitney([5, 5, 5], [5, 5])
    #expect(same.pValue == 1 && same.pValueGreater == 1 && same.effectSize == 0.5)
    #expect(throws: Reason("a sample has no values")) { try MannWhitney([], [1]) }
    #expect(throws: Reason("a value is not finite")) { try MannWhitney([.infinity], [1]) }
    #expect(MannWhitneyDistribution(0, 3) == nil && MannWhitneyDistribution(.max, 2) == nil)
  }

  @Test func scoresOfClearlyDifferentSubjectsAreDecided() throws {
    // Three subjects in ascending order, the first two overlapping.
    let scores = [[1.0, 2, 3, 4, 5, 6], [1.5, 2.5, 3.5, 4.5, 5.5, 6.5], [11, 12, 13, 14, 15, 16]]
    let comparison = try ScoreComparison(scores: scores)
    #expect(comparison.pairCount == 3 && comparison.decidedCount == 2)
    #expect(comparison.decisions == [0, -1, -1] && comparison.directions == [-1, -1, -1])
    #expect(comparison.unbeatenCount(higherIsBetter: true) == 1)
    #expect(comparison.unbeatenCount(higherIsBetter: false) == 2)
    let agreement = try comparison.agreement(with: [0.3, 0.1, 0.2], isSameDirection: true)
    #expect(agreement.pairs == 3 && agreement.decided == 2 && agreement.decidedRight == 1)
    #expect(agreement.directed == 3 && agreement.directedRight == 1)
    let reversed = try comparison.agreement(with: [0.3, nil, 0.2], isSameDirection: false)
    #expect(reversed.pairs == 1 && reversed.decidedRight == 1)
    #expect(try reversed.ofDecided() == 1 && reversed.ofDirected() == 1)
  }

  /// One-sided exact p of 6 against 6 apart is 1/C(12, 6) = 1/924; Holm's factor is the number of orders of pairs.
  @Test func manyPairsNeedStrongerEvidence() throws {
    let few = (0..<8).map { subject in (0..<6).map { Double(subject * 10 + $0) } }
    #expect(try ScoreComparison(scores: few, alpha: 0.05).decidedCount == 0)
    #expect(try ScoreComparison(scores: few, alpha: 0.061).decidedCount == 28)
    #expect(try ScoreComparison(scores: few, method: .benjaminiHochberg).decidedCount == 28)
  }

  @Test func comparisonsThatCannotBeMade() throws {
    #expect(throws: Reason("fewer than two subjects")) { try ScoreComparison(scores: [[1]]) }
    #expect(throws: Reason("a sample has no values")) { try ScoreComparison(scores: [[1], []]) }
    #expect(throws: Reason("a score is not finite")) { try ScoreComparison(scores: [[1], [.nan]]) }
    #expect(throws: Reason.self) { try ScoreComparison(scores: [[1], [2]], alpha: 0) }
    #expect(throws: Reason("more than 2000 subjects")) {
      try ScoreComparison(scores: Array(repeating: [1], count: 2001))
    }
    let tied = try ScoreComparison(scores: [[1], [1]])
    #expect(throws: Reason("no pair is decided")) {
      try tied.agreement(with: [1, 2], isSameDirection: true).ofDecided()
    }
    #expect(throws: Reason("no pair has a direction")) {
      try tied.agreement(with: [1, 2], isSameDirection: true).ofDirected()
    }
    #expect(throws: Reason.self) { try tied.agreement(with: [1], isSameDirection: true) }
  }
}

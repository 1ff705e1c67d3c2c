import Outcomes
import Testing

@testable import Statistics

@Suite struct HypergeometricTailTests {
  @Test func tailsAreThoseOfSciPy() throws {
    for tail in try EffectFixture.load().hypergeometric {
      let made = try Hypergeometric(total: tail.total, marked: tail.marked, drawn: tail.drawn)
      #expect(abs(made.atMost(tail.x) - tail.lower) <= 1e-10 * tail.lower, "\(tail)")
      #expect(abs(made.atLeast(tail.x) - tail.upper) <= 1e-10 * tail.upper, "\(tail)")
    }
  }

  @Test func outsideTheSupportTailsAreSureOrImpossible() throws {
    let made = try Hypergeometric(total: 10, marked: 4, drawn: 3)
    #expect(made.atMost(-1) == 0 && made.atLeast(-1) == 1)
    #expect(made.atMost(4) == 1 && made.atLeast(4) == 0)
    #expect(made.twoSided(9) == 0 && made.support == 0...3)
  }

  @Test(arguments: [(10, 4, 3), (60, 30, 30), (21, 20, 7), (9, 1, 2), (40, 7, 13)])
  func theLargestOfARangeIsFound(_ total: Int, _ marked: Int, _ drawn: Int) throws {
    let made = try Hypergeometric(total: total, marked: marked, drawn: drawn)
    for first in made.support {
      for last in first...made.support.upperBound {
        #expect(made.twoSided(in: first...last) == (first...last).map { made.twoSided($0) }.max())
      }
    }
  }
}

@Suite struct TopFrequencyTests {
  @Test func countsTheTop() throws {
    let kind = [true, true, false, true, false, false, false, false]
    let made = try TopFrequency(of: kind, scores: [8, 7, 6, 5, 4, 3, 2, 1], size: 2)
    #expect(made.count == 3 && made.total == 8 && made.countInTop == 2 && made.shareInTop == 1)
    #expect(try #require(made.enrichment) == 8.0 / 3)
    // 2 · C(3, 2)/C(8, 2)
    #expect(abs(made.pValue - 2 * 3.0 / 28) < 1e-12)
  }

  /// Ties at the edge: the expected count, and the largest p over their orders.
  @Test func tiesAtTheEdgeCountInPart() throws {
    let kind = [true, true, true, false, false, false, false, false, false, false]
    let scores: [Double] = [9, 5, 5, 5, 5, 1, 1, 1, 1, 1]
    let made = try TopFrequency(of: kind, scores: scores, size: 3)
    #expect(made.countInTop == 2)
    let distribution = try Hypergeometric(total: 10, marked: 3, drawn: 3)
    #expect(made.pValue == max(distribution.twoSided(1), distribution.twoSided(2), distribution.twoSided(3)))
  }

  @Test func neitherAllNorNoneSaysAnything() throws {
    let scores = (0..<20).map { Double($0) }
    #expect(try TopFrequency(of: scores.map { _ in true }, scores: scores, size: 5).pValue == 1)
    let none = try TopFrequency(of: scores.map { _ in false }, scores: scores, size: 5)
    #expect(none.pValue == 1 && none.enrichment == nil && none.countInTop == 0)
  }

  @Test func sizesAndScoresAreChecked() {
    #expect(throws: Reason("a top of 3 of 2 rows")) {
      try TopFrequency(of: [true, false], scores: [1, 2], size: 3)
    }
    #expect(throws: Reason("no rows")) { try TopFrequency(of: [], scores: [], size: 1) }
    #expect(throws: Reason("a value is not finite")) { try TopFrequency(of: [true], scores: [.nan], size: 1) }
  }
}

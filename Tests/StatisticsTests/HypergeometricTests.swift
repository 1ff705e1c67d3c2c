import Testing

@testable import Statistics

@Suite struct HypergeometricTests {
  @Test func tailsAreThoseOfSciPy() throws {
    for case let tail in try EffectFixture.load().hypergeometric {
      let made = try Hypergeometric(total: tail.total, marked: tail.marked, drawn: tail.drawn).tails(tail.x)
      #expect(abs(made.lower - tail.lower) <= 1e-10 * tail.lower, "\(tail)")
      #expect(abs(made.upper - tail.upper) <= 1e-10 * tail.upper, "\(tail)")
    }
  }

  @Test func outsideTheSupportTailsAreSureOrImpossible() throws {
    let made = try Hypergeometric(total: 10, marked: 4, drawn: 3)
    #expect(made.tails(-1).lower == 0 && made.tails(-1).upper == 1)
    #expect(made.tails(4).lower == 1 && made.tails(4).upper == 0)
    #expect(made.twoSided(9) == 0 && made.support == 0...3 && made.mean == 1.2)
  }

  @Test(arguments: [(5, 6, 1), (5, 1, 6), (-1, 0, 0), (5, -1, 2), (1 << 31, 1, 1)])
  func impossibleDrawsAreUndefined(_ total: Int, _ marked: Int, _ drawn: Int) {
    #expect(throws: Undefined.self) { try Hypergeometric(total: total, marked: marked, drawn: drawn) }
  }

  /// A distribution of millions of rows is gone through, and neither end overflows.
  @Test func largeDrawsKeepBothTails() throws {
    let made = try Hypergeometric(total: 2_000_000_000, marked: 1_000_000_000, drawn: 1_000_000)
    let tails = made.tails(500_000)
    #expect(abs(tails.lower + tails.upper - 1) < 0.01 && tails.lower > 0.5 && tails.upper > 0.5)
    #expect(made.tails(1_000_000).upper == 0)
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
    #expect(throws: Undefined("a top of 3 of 2 rows")) {
      try TopFrequency(of: [true, false], scores: [1, 2], size: 3)
    }
    #expect(throws: Undefined("no rows")) { try TopFrequency(of: [], scores: [], size: 1) }
    #expect(throws: Undefined("a value is not finite")) { try TopFrequency(of: [true], scores: [.nan], size: 1) }
  }
}

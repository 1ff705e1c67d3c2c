import Testing

@testable import Statistics

@Suite struct BinomialIntervalTests {
  /// Successes, trials, level, ends: scipy.stats.beta.ppf of SciPy 1.10.1.
  static let cases: [(Double, Double, Double, Double, Double)] = [
    (0, 6, 0.95, 0.0, 0.45925812643990044),
    (6, 6, 0.95, 0.5407418735600996, 1.0),
    (3, 10, 0.95, 0.0667395111777345, 0.6524528500599973),
    (19, 36.5, 0.9, 0.37371317418022365, 0.6647662751094153),
    (0.4, 2.3, 0.95, 2.8043174716317286e-05, 0.8881527141715525),
    (880, 1000, 0.99, 0.8511989159194862, 0.9051019490346098),
    (1, 100000, 0.95, 2.531780477933316e-07, 5.571516034774275e-05),
  ]

  @Test(arguments: cases) func endsAreQuantilesOfTheBetaDistribution(
    _ successes: Double, _ trials: Double, _ level: Double, _ lower: Double, _ upper: Double
  ) throws {
    let ends = try BinomialInterval.clopperPearson(successes, of: trials, level: level)
    #expect(abs(ends.lowerBound - lower) < 1e-10 && abs(ends.upperBound - upper) < 1e-10)
  }

  /// What fails instead of what succeeds turns the interval round.
  @Test func failuresMirrorSuccesses() throws {
    for successes in stride(from: 0.0, through: 7.5, by: 0.25) {
      let one = try BinomialInterval.clopperPearson(successes, of: 7.5)
      let other = try BinomialInterval.clopperPearson(7.5 - successes, of: 7.5)
      #expect(abs(one.lowerBound - (1 - other.upperBound)) < 1e-12 && one.contains(successes / 7.5))
    }
  }

  @Test(arguments: [
    (1, 0, 0.95), (2, 1, 0.95), (-1, 3, 0.95), (1, 3, 1), (1, 3, 0), (.nan, 3, 0.9), (1, .infinity, 0.9),
  ])
  func whatIsNoProportionHasNone(_ successes: Double, _ trials: Double, _ level: Double) {
    #expect(throws: (any Error).self) {
      try BinomialInterval.clopperPearson(successes, of: trials, level: level)
    }
  }
}

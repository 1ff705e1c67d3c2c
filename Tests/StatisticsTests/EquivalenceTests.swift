import ElementaryFunctions
import Testing

@testable import Statistics

@Suite struct EquivalenceTests {
  /// Two one-sided tests at α reject together just when the interval of coverage 1 − 2α lies inside the margin: of r, the
  /// interval tanh(artanh r ∓ z/√(n − 3)).
  @Test func intervalsDecideAsTheTestsOfTheReference() throws {
    var kinds: Set<EquivalenceVerdict> = []
    for test in try ComparisonFixture.load().equivalence {
      let larger = try #require(test.p.max())
      for alpha in [0.0001, 0.001, 0.01, 0.05, 0.2, 0.45, larger * 0.999, larger * 1.001] where alpha < 0.5 {
        let level = EquivalenceVerdict.level(for: 1 - alpha)
        let half = Normal.quantile((1 + level) / 2) / Double(test.count - 3).squareRoot()
        let center = Elementary.atanh(test.value)
        let interval = Interval(lower: Elementary.tanh(center - half), upper: Elementary.tanh(center + half))
        let verdict = EquivalenceVerdict(interval, margin: test.margin)
        kinds.insert(verdict)
        #expect((verdict == .equivalent) == (larger < alpha), "\(test), α \(alpha)")
      }
    }
    #expect(kinds.count == 3)
  }

  @Test func edgesOfTheMargin() {
    func verdict(_ lower: Double, _ upper: Double) -> EquivalenceVerdict {
      EquivalenceVerdict(Interval(lower: lower, upper: upper), margin: 0.1)
    }
    #expect(verdict(-0.09, 0.09) == .equivalent && verdict(-0.1, 0.09) == .undecided)
    #expect(verdict(0.11, 0.3) == .different && verdict(0.1, 0.3) == .undecided && verdict(-0.3, -0.11) == .different)
  }
}

import Outcomes
import Testing

@testable import Statistics

@Suite struct EquivalenceTests {
  @Test func agreesWithTheReference() throws {
    for test in try ComparisonFixture.load().equivalence {
      let made = try EquivalenceTest(.pearson, value: test.value, count: test.count, margin: test.margin)
      #expect(abs(made.lower.pValueGreater - test.p[0]) < 1e-12 && abs(made.upper.pValueLess - test.p[1]) < 1e-12)
      #expect(made.pValue == max(made.lower.pValueGreater, made.upper.pValueLess))
    }
  }

  /// Two one-sided tests at α reject together just when the interval of coverage 1 − 2α lies inside the margin.
  @Test(arguments: [Coefficient.pearson, .spearman, .kendallTauB])
  func testsAndIntervalsDecideAlike(_ coefficient: Coefficient) throws {
    var kinds: Set<EquivalenceVerdict> = []
    for value in stride(from: -0.6, through: 0.6, by: 0.0375) {
      for count in [8, 60, 400] {
        let test = try EquivalenceTest(coefficient, value: value, count: count, margin: 0.2)
        let interval = try ApproximateInterval.interval(
          coefficient, value: value, count: count, level: EquivalenceVerdict.level(for: 0.95))
        let verdict = EquivalenceVerdict(interval, margin: 0.2)
        kinds.insert(verdict)
        #expect((verdict == .equivalent) == (test.pValue < 0.05), "\(value), n \(count)")
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

  @Test func marginsWithoutAMeaning() {
    for margin in [0, 1, -0.1, .nan] {
      #expect(throws: Reason.self) { try EquivalenceTest(.pearson, value: 0, count: 50, margin: margin) }
    }
    #expect(throws: Reason.self) { try EquivalenceTest(.pearson, value: 1, count: 50, margin: 0.1) }
    #expect(throws: Reason.self) { try EquivalenceTest(.weightedTau, value: 0, count: 50, margin: 0.1) }
  }
}

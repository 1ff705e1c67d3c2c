import Testing

@testable import Claims

@Suite struct ClaimTests {
  private func printed(_ text: String, isMagnitude: Bool = false) throws -> Claim.Printed {
    .init(try #require(PrintedNumber(text)), text: text, isMagnitude: isMagnitude)
  }

  /// The axes do not touch each other: every pair of verdicts comes up.
  @Test(
    arguments: [(0.3, "reproduced"), (0.4, "not reproduced")],
    [(0.1, "supported"), (-0.9, "refuted"), (-0.1, "inconclusive")])
  func theTwoAxesAreNeverMerged(_ value: (Double, String), _ estimate: (Double, String)) throws {
    let claim = Claim("c", printed: try printed(".3"), region: .above(0))
    let verdict = claim.verdict(
      value: RecomputedValue(.number(value.0)),
      estimate: RecomputedValue(.number(estimate.0), interval: estimate.0...(estimate.0 + 0.3)))
    #expect(verdict.reproduction.words == value.1 && verdict.inference.words == estimate.1)
  }

  @Test func anAxisOnWhichNothingIsClaimedStaysEmpty() throws {
    let number = RecomputedValue(.number(-0.37), interval: -0.4...(-0.3))
    let onlyNumber = Claim("a", printed: try printed(".37", isMagnitude: true)).verdict(value: number, estimate: number)
    #expect(onlyNumber == Verdict(reproduction: .reproduced, inference: .notClaimed))
    let onlyRegion = Claim("b", region: .below(0)).verdict(value: number, estimate: number)
    #expect(onlyRegion == Verdict(reproduction: .notClaimed, inference: .supported, basis: .interval))
    #expect(
      Claim("c", printed: try printed(".37", isMagnitude: true), region: .below(0)).words
        == ".37 (sign not printed); below 0")
  }

  @Test func undefinedValuesAreNotCheckable() throws {
    let missing = RecomputedValue(.undefined("no data"))
    let verdict = Claim("c", printed: try printed("1"), region: .above(0)).verdict(value: missing, estimate: missing)
    #expect(verdict.reproduction == .notCheckable("no data") && verdict.inference == .notCheckable("no data"))
  }

  /// Expected verdicts, verdicts, outcome.
  @Test(arguments: [
    (ClaimExpectation(), Reproduction.reproduced, Inference.supported, ClaimOutcome.met),
    (ClaimExpectation(), .notClaimed, .supported, .met), (ClaimExpectation(), .reproduced, .notClaimed, .met),
    (ClaimExpectation(), .notReproduced, .supported, .failed), (ClaimExpectation(), .reproduced, .refuted, .failed),
    (ClaimExpectation(), .reproduced, .inconclusive(""), .undecided),
    (ClaimExpectation(), .notCheckable(""), .supported, .undecided),
    (ClaimExpectation(), .notReproduced, .inconclusive(""), .failed),
    (ClaimExpectation(inference: .refuted), .reproduced, .refuted, .met),
    (ClaimExpectation(inference: .refuted), .reproduced, .supported, .failed),
    (ClaimExpectation(inference: .refuted), .reproduced, .inconclusive(""), .undecided),
    (ClaimExpectation(inference: .inconclusive), .reproduced, .inconclusive(""), .met),
    (ClaimExpectation(inference: .inconclusive), .reproduced, .supported, .failed),
    (ClaimExpectation(reproduction: .notReproduced), .notReproduced, .supported, .met),
    (ClaimExpectation(reproduction: .notCheckable), .notCheckable(""), .supported, .met),
    (ClaimExpectation(reproduction: .notReproduced), .reproduced, .supported, .failed),
  ])
  func outcomesFollowFromWhatIsExpected(
    _ expectation: ClaimExpectation, _ reproduction: Reproduction, _ inference: Inference, _ outcome: ClaimOutcome
  ) {
    #expect(expectation.outcome(of: Verdict(reproduction: reproduction, inference: inference)) == outcome)
  }
}

import Testing

@testable import Claims

@Suite struct ClaimFamilyTests {
  private func member(
    _ pValue: Double?, _ interval: ClosedRange<Double> = 0.1...0.2, level: Double? = 0.95,
    region: ClaimedRegion = .above(0)
  ) -> ClaimFamily.Member {
    let estimate = RecomputedValue(.number(interval.upperBound), interval: interval, level: level, pValue: pValue)
    return .init(
      region: region, verdict: Claim("c", region: region).verdict(value: estimate, estimate: estimate),
      estimate: estimate)
  }

  @Test func holmMakesDecisionsInconclusive() {
    let verdicts = ClaimFamily(.holm).adjusted([member(0.01), member(0.04), member(0.03), member(0.005)])
    #expect(verdicts.map(\.inference.words) == ["supported", "inconclusive", "inconclusive", "supported"])
    #expect(verdicts[1].adjustedPValue == 0.06 && verdicts[1].inference.reason?.contains("0.05") == true)
    #expect(
      ClaimFamily(.holm, alpha: 0.1).adjusted([member(0.04), member(0.03)]).allSatisfy { $0.inference == .supported })
  }

  @Test func whatHasNoFittingTestIsNotCheckableAndCounts() {
    let verdicts = ClaimFamily(.holm).adjusted([member(0.03), member(nil), member(0.001, region: .above(0.05))])
    #expect(verdicts[0].inference.words == "inconclusive" && verdicts[0].adjustedPValue == 0.09)
    #expect(verdicts[1].inference.words == "not checkable" && verdicts[2].inference.words == "not checkable")
    let undecided = ClaimFamily(.holm).adjusted([member(nil, -0.1...0.1)])
    #expect(undecided[0].inference.words == "inconclusive")
  }

  @Test func bonferroniAsksForIntervalsOfTheRightLevel() {
    let members = [member(nil, level: 0.99), member(nil, level: 0.95), member(nil, level: nil), member(nil, -1...1)]
    let verdicts = ClaimFamily(.bonferroni).adjusted(members)
    #expect(verdicts.map(\.inference.words) == ["supported", "not checkable", "not checkable", "inconclusive"])
    #expect(verdicts[1].inference.reason == "its family of 4 needs intervals at a level of at least 0.9875")
    #expect(ClaimFamily(.bonferroni).adjusted([member(nil)])[0].inference == .supported)
  }

  @Test func claimsWithoutARegionAreLeftAlone() {
    let number = ClaimFamily.Member(
      region: nil, verdict: Verdict(reproduction: .reproduced, inference: .notClaimed),
      estimate: RecomputedValue(.number(1)))
    for correction in ClaimFamily.Correction.allCases {
      let verdicts = ClaimFamily(correction).adjusted([number, member(0.04)])
      #expect(verdicts[0] == number.verdict && verdicts[1].inference == .supported)
    }
  }
}

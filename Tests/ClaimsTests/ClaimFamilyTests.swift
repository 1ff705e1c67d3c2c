import Statistics
import Testing

@testable import Claims

@Suite struct ClaimFamilyTests {
  private func member(
    _ pValue: Double?, _ interval: ClosedRange<Double> = 0.1...0.2, level: Double? = 0.95,
    region: ClaimedRegion = .above(0)
  ) -> ClaimFamily.Member {
    let estimate = RecomputedValue(
      .number(interval.upperBound), interval: interval, level: level, pValue: pValue.map { PValue($0) })
    return .init(
      region: region, verdict: Claim("c", region: region).verdict(value: estimate, estimate: estimate),
      estimate: estimate)
  }

  @Test func holmMakesDecisionsInconclusive() {
    let verdicts = ClaimFamily(.holm).adjusted([member(0.01), member(0.04), member(0.03), member(0.005)])
    #expect(verdicts.map(\.inference.words) == ["supported", "inconclusive", "inconclusive", "supported"])
    #expect(verdicts[1].adjustedPValue == PValue(0.06) && verdicts[1].inference.reason?.contains("0.05") == true)
    #expect(
      ClaimFamily(.holm, alpha: 0.1).adjusted([member(0.04), member(0.03)]).allSatisfy { $0.inference == .supported })
  }

  @Test func whatHasNoFittingTestIsNotCheckableAndCounts() {
    let verdicts = ClaimFamily(.holm).adjusted([member(0.03), member(nil), member(0.001, region: .above(0.05))])
    #expect(verdicts[0].inference.words == "inconclusive" && verdicts[0].adjustedPValue == PValue(0.09))
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

  /// P-values that were adjusted where they were computed are taken from there, whatever the number of claims.
  @Test func aTestHasOneAdjustedPValue() {
    func rows(_ families: [String?]) -> [ClaimFamily.Member] {
      families.map { family in
        var row = member(0.01)
        row.estimate.adjusted = family.map { .init(PValue(0.04, isFloor: true), over: $0) }
        return row
      }
    }
    let taken = ClaimFamily(.holm).adjusted(rows(["less.counts", "less.counts"]) + [member(nil)])
    #expect(taken[0].adjustedPValue == PValue(0.04, isFloor: true) && taken[1].inference == .supported)
    #expect(taken[2].inference.words == "not checkable")
    for mixed in [["less.counts", "less"], ["less", nil]] {
      let verdicts = ClaimFamily(.holm).adjusted(rows(mixed))
      #expect(verdicts.allSatisfy { $0.inference.words == "not checkable" && $0.adjustedPValue == nil })
    }
    #expect(ClaimFamily(.holm).adjusted(rows([nil, nil]))[0].adjustedPValue == PValue(0.02))
  }
}

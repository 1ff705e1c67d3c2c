import Testing

@testable import Claims

@Suite struct StatementVerdictTests {
  /// The worse of number and region decides; what is not claimed does not count.
  @Test(
    arguments: [
      (.reproduced, .notClaimed, .holds), (.notReproduced, .notClaimed, .doesNotHold),
      (.notClaimed, .supported, .holds), (.notClaimed, .refuted, .doesNotHold),
      (.notClaimed, .inconclusive("why"), .cannotBeTold), (.notClaimed, .notCheckable("why"), .notCheckable),
      (.reproduced, .refuted, .doesNotHold), (.notReproduced, .supported, .doesNotHold),
      (.reproduced, .inconclusive("why"), .cannotBeTold), (.notCheckable("why"), .supported, .notCheckable),
      (.notCheckable("why"), .inconclusive("why"), .cannotBeTold), (.notClaimed, .notClaimed, nil),
    ] as [(Reproduction, Inference, StatementVerdict?)])
  func theWorseOfBothDecides(_ number: Reproduction, _ region: Inference, _ expected: StatementVerdict?) {
    #expect(Verdict(reproduction: number, inference: region).statement == expected)
  }

  @Test func countsStandInOneOrder() {
    let tally = StatementTally([.notCheckable, .holds, .cannotBeTold, .holds, .holds, .doesNotHold, .notCheckable])
    #expect(tally.strip == "3 hold · 1 does not hold · 1 cannot be told · 2 not checkable")
    #expect(StatementTally([.holds, .holds], partly: 1).strip == "1 holds · 1 in one of its readings")
    #expect(StatementTally([.holds], partly: 1).strip == "1 holds in one of its readings")
    #expect(
      StatementTally([.holds, .holds, .doesNotHold], partly: 2).strip
        == "2 hold in one of their readings · 1 does not hold")
    // Whatever the verdicts, the counts of the strip are of all statements.
    for code in 0..<256 {
      let verdicts = (0..<4).map { StatementVerdict.allCases[code >> (2 * $0) & 3] }
      for partly in 0...verdicts.count(where: { $0 == .holds }) {
        let strip = StatementTally(verdicts, partly: partly).strip
        let counts = strip.split(separator: "·").compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
        #expect(counts.reduce(0, +) == 4 && !counts.contains(0), "\(strip)")
        #expect(strip.contains("reading") == (partly > 0), "\(strip)")
      }
    }
    #expect(tally.worst == .doesNotHold && tally.best == .holds && StatementTally([]).worst == .notCheckable)
  }
}

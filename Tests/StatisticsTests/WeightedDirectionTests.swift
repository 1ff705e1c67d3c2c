import Outcomes
import Testing

@testable import Statistics

/// Weighted coefficients put their weight on the better end.
@Suite struct WeightedDirectionTests {
  private func sample(
    _ x: [Double], _ y: [Double], _ first: Bool, _ second: Bool
  ) throws -> PairedSample {
    try PairedSample(
      x: x, y: y, first: SampleColumn("x", higherIsBetter: first), second: SampleColumn("y", higherIsBetter: second))
  }

  /// Turning a column and its direction changes the sign alone.
  @Test(arguments: [Coefficient.weightedTau, .tauAP], [true, false])
  func turnedColumnsGiveTheTurnedValue(_ coefficient: Coefficient, _ hasTies: Bool) throws {
    var generator = SeededGenerator(seed: 3)
    let count = 40
    let x = (0..<count).shuffled(using: &generator).map { Double(hasTies ? $0 / 3 : $0) }
    let y = (0..<count).shuffled(using: &generator).map { Double(hasTies ? $0 / 4 : $0) }
    guard !(hasTies && coefficient == .tauAP) else { return }
    for (first, second) in [(true, false), (false, true), (false, false)] {
      let value = try coefficient.value(sample(x, y, first, second))
      let turned = try coefficient.value(
        sample(first ? x : x.map { -$0 }, second ? y : y.map { -$0 }, true, true))
      #expect(abs(value - (first == second ? 1 : -1) * turned) < 1e-14)
    }
  }

  /// One pair out of order, by the formulas: among the two best rows, or among the two worst when directions turn.
  @Test func anErrorAmongTheBestCostsMore() throws {
    let (x, y) = ([1.0, 2, 3, 4, 5], [1.0, 2, 3, 5, 4])
    let top = try Coefficient.weightedTau.value(sample(x, y, true, true))
    let bottom = try Coefficient.weightedTau.value(sample(x, y, false, false))
    // Σ(wᵢ + wⱼ) over all pairs is 4·H₅; the pair of the two largest, 1 + 1/2, counts against it once instead of for it.
    let total = 4 * (1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4 + 1.0 / 5)
    #expect(abs(top - (1 - 2 * 1.5 / total)) < 1e-15)
    #expect(abs(bottom - (1 - 2 * (1.0 / 4 + 1.0 / 5) / total)) < 1e-15)
    let precise = try Coefficient.tauAP.value(sample(x, y, true, true))
    let late = try Coefficient.tauAP.value(sample(x, y, false, false))
    // One pair is wrong: at the second place it is all that counts, at the fifth a fourth: (4 − 2)/4 and (4 − 2/4)/4.
    #expect(precise == 0.5 && late == 0.875)
  }

  @Test func policiesKeepDirections() throws {
    let pairs = PairedColumns(
      metric: [1, 2, 3, nil, 5], target: [1, 2, 4, 3, 5], metricHigherIsBetter: true, targetHigherIsBetter: false,
      clusters: nil)
    for policy in [MissingPolicy.drop, .worst] {
      let made = try pairs.sample(policy)
      #expect(made.first.higherIsBetter && !made.second.higherIsBetter)
    }
  }

  @Test func reasonsNameTheColumn() throws {
    let constant = try PairedSample(
      x: [1, 2, 3], y: [2, 2, 2], first: SampleColumn("depth"), second: SampleColumn("z"))
    for coefficient in Coefficient.allCases where coefficient != .tauAP && coefficient != .kendallTauA {
      #expect(throws: Reason("every value of z is the same")) { try coefficient.value(constant) }
    }
    #expect(throws: Reason("every value of ones is the same")) {
      try Partial.value(
        .kendallTauB, x: [1, 2, 3], y: [2, 1, 3], given: [[1, 3, 2], [1, 1, 1]], names: ["z", "ones"])
    }
    #expect(throws: Reason("copy is determined by the metric, the target, z")) {
      try Partial.value(
        .kendallTauB, x: [1, 2, 3, 4], y: [2, 1, 4, 3], given: [[1, 3, 2, 4], [2, 1, 4, 3]], names: ["z", "copy"])
    }
  }
}

import Outcomes
import Testing

@testable import Statistics

@Suite struct SerialCorrelationTests {
  private func normal(_ generator: inout SeededGenerator) -> Double {
    Normal.quantile((Double(generator.next(below: 1 << 30)) + 0.5) / Double(1 << 30))
  }

  /// Of three equidistant values, r is 0 in the two orders with the middle one between the others, −½ in the other four.
  @Test func threeValues() throws {
    let inOrder = try SerialCorrelation([[[1, 2, 3]]], permutations: 20_000)
    let test = try inOrder.columns[0].get()
    #expect(abs(test.value) < 1e-15 && abs(test.expected + 1.0 / 3) < 1e-15)
    #expect(
      abs(test.pValue.value - 1.0 / 3) < 0.012 && test.pValue == inOrder.pValue && test.pValue == test.adjustedPValue)
    let other = try SerialCorrelation([[[5, 9, 7]]], permutations: 200)
    #expect(try abs(other.columns[0].get().value + 0.5) < 1e-15)
    #expect(try other.columns[0].get().pValue == PValue(1))
  }

  /// Of 1, 2, …, 10, products of neighbouring deviations sum to 57.75, squares to 82.5.
  @Test func aTrendIsASerialCorrelation() throws {
    let rising = (1...10).map { Double($0) }
    let correlation = try SerialCorrelation([[rising, rising.map { 7 - 1e-9 * $0 }]], permutations: 999)
    #expect(try abs(correlation.columns[0].get().value - 0.7) < 1e-6)
    #expect(correlation.pValue == PValue(0.001, isFloor: true))
  }

  @Test func theSeedAndTheOrderOfColumnsDecideNothingElse() throws {
    var generator = SeededGenerator(seed: 4)
    let columns = (0..<3).map { _ in (0..<4).map { _ in (0..<6).map { _ in Optional(normal(&generator)) } } }
    let all = try SerialCorrelation(columns, permutations: 499)
    let reversed = try SerialCorrelation(columns.reversed(), permutations: 499)
    #expect(all.columns == reversed.columns.reversed() && all.pValue == reversed.pValue)
    #expect(try SerialCorrelation(columns, permutations: 499, seed: 2) != all)
    // A column's own test does not depend on its company.
    let alone = try SerialCorrelation([columns[1]], permutations: 499).columns[0].get()
    let together = try all.columns[1].get()
    #expect(alone.pValue == together.pValue && alone.adjustedPValue.value <= together.adjustedPValue.value)
  }

  /// Five permutations of a hundred are as large by chance: p ≤ 0.05 in 5 % of samples without an order, for one column's
  /// test, the joint test, and any adjusted test of a family.
  @Test func falsePositiveRateIsNominal() throws {
    var generator = SeededGenerator(seed: 12)
    var (single, joint, family) = (0, 0, 0)
    let simulations = 2000
    for simulation in 0..<simulations {
      let shared = (0..<15).map { _ in normal(&generator) }
      let columns = (0..<4).map { _ in
        (0..<3).map { subject in (0..<5).map { Optional(shared[subject * 5 + $0] + normal(&generator)) } }
      }
      let correlation = try SerialCorrelation(columns, permutations: 99, seed: UInt64(simulation))
      if try correlation.columns[0].get().pValue.value <= 0.05 { single += 1 }
      if correlation.pValue.value <= 0.05 { joint += 1 }
      if correlation.columns.contains(where: { ((try? $0.get())?.adjustedPValue.value ?? 1) <= 0.05 }) { family += 1 }
    }
    for count in [single, joint, family] {
      // 3.3 standard deviations of a binomial of 2,000 at 5 %.
      #expect(abs(Double(count) / Double(simulations) - 0.05) < 0.016)
    }
  }

  /// Means of 70 rows that share 69 with the next: the overlap is seen in ten subjects of ten batches.
  @Test func overlappingMeansAreSeen() throws {
    var generator = SeededGenerator(seed: 3)
    let subjects = (0..<10).map { _ in
      let rows = (0..<79).map { _ in normal(&generator) }
      return (0..<10).map { Optional(rows[$0..<$0 + 70].reduce(0, +)) }
    }
    #expect(try SerialCorrelation([subjects], permutations: 999).pValue.value == 0.001)
  }

  @Test func whatHasNoSerialCorrelation() throws {
    #expect(throws: Reason.self) { try SerialCorrelation([]) }
    #expect(throws: Reason.self) { try SerialCorrelation([[[1, 2]]]) }
    #expect(throws: Reason.self) { try SerialCorrelation([[[1, nil, 3]]]) }
    #expect(throws: Reason.self) { try SerialCorrelation([[[2, 2, 2, 2]]]) }
    #expect(throws: Reason.self) { try SerialCorrelation([[[1, 2, 3]], [[1, 2]]]) }
    #expect(throws: Reason.self) { try SerialCorrelation([[[1, 2, 3]]], permutations: 0) }
    let mixed = try SerialCorrelation([[[1, 2, 4], [1, nil, 3]], [[5, 5, 5], [5, 5, 5]]], permutations: 9)
    #expect(try mixed.columns[0].get().subjects == 1)
    #expect(throws: Reason.self) { try mixed.columns[1].get() }
    let huge = try SerialCorrelation([[[1e308, -1e308, 1e308]]], permutations: 9)
    #expect(try abs(huge.columns[0].get().value + 2.0 / 3) < 0.01)
  }
}

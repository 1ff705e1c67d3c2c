import Outcomes
import Testing

@testable import Statistics

@Suite struct AdjustedPValueTests {
  /// Holm against the closed test of all intersections, Benjamini & Hochberg against SciPy.
  @Test func agreeWithTheirReferences() throws {
    for family in try ComparisonFixture.load().families {
      let holm = try AdjustedPValues(family.values, method: .holm)
      let discovery = try AdjustedPValues(family.values, method: .benjaminiHochberg)
      for index in family.values.indices {
        #expect(abs(try #require(holm.values[index]) - family.holm[index]) < 1e-15)
        #expect(abs(try #require(discovery.values[index]) - family.benjaminiHochberg[index]) < 1e-15)
      }
    }
  }

  /// Tests without a p-value are not part of the family.
  @Test(arguments: [AdjustedPValues.Method.holm, .benjaminiHochberg, .none])
  func undefinedOnesAreLeftOut(_ method: AdjustedPValues.Method) throws {
    let all = try AdjustedPValues([nil, 0.01, 0.04, nil, 0.03], method: method)
    let some = try AdjustedPValues([0.01, 0.04, 0.03], method: method)
    #expect(all.values.compactMap { $0 } == some.values.compactMap { $0 })
    #expect(all.values[0] == nil && all.values[3] == nil && all.familySize == 3 && all.undefinedCount == 2)
    #expect(try AdjustedPValues([nil], method: method).familySize == 0)
    #expect(try AdjustedPValues([], method: method).values.isEmpty)
  }

  @Test(arguments: [AdjustedPValues.Method.holm, .benjaminiHochberg])
  func orderIsKeptAndTiesStayTied(_ method: AdjustedPValues.Method) throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<60 {
      let raw = (0..<25).map { _ in Double(generator.next(below: 12)) / 40 }
      let adjusted = try AdjustedPValues(raw, method: method).values.compactMap { $0 }
      for left in raw.indices {
        #expect(adjusted[left] >= raw[left] && adjusted[left] <= 1)
        for right in raw.indices {
          if raw[left] == raw[right] { #expect(adjusted[left] == adjusted[right]) }
          if raw[left] < raw[right] { #expect(adjusted[left] <= adjusted[right]) }
        }
      }
    }
  }

  @Test(arguments: [-0.1, 1.5, .nan])
  func numbersThatAreNoPValues(_ value: Double) {
    #expect(throws: Reason("a p-value is not in 0 … 1")) { try AdjustedPValues([0.1, value], method: .holm) }
  }

  /// What is made of floors is a bound; what is made of others is not.
  @Test func floorsStayBounds() throws {
    let floor = PValue(0.01, isFloor: true)
    let holm = try AdjustedPValues(of: [floor, PValue(0.02), floor, PValue(0.5)], method: .holm).adjusted
    #expect(holm == [PValue(0.04, isFloor: true), PValue(0.04), PValue(0.04, isFloor: true), PValue(0.5)])
    let discovery = try AdjustedPValues(of: [floor, PValue(0.012)], method: .benjaminiHochberg).adjusted
    #expect(discovery == [PValue(0.012, isFloor: true), PValue(0.012)])
    #expect(try AdjustedPValues(of: [PValue(0.6, isFloor: true), PValue(0.9)], method: .holm).adjusted[0] == PValue(1))
  }

  @Test func pValuesAreNeverZero() throws {
    #expect(PValue(exact: 0).value > 0 && PValue(exact: 0).isFloor && PValue(exact: 1e-300) == PValue(1e-300))
    #expect(PValue(exceeding: 0, of: 999) == PValue(0.001, isFloor: true))
    #expect(PValue(exceeding: 9, of: 999) == PValue(0.01))
  }
}

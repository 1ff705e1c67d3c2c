import Outcomes
import Testing

@testable import Statistics

/// A seeded sample with ties and clusters.
func tiedSample(_ count: Int, seed: UInt64, clusterSize: Int? = nil) throws -> PairedSample {
  var generator = SeededGenerator(seed: seed)
  let x = (0..<count).map { _ in Double(Int.random(in: 0..<12, using: &generator)) }
  let y = x.map { ($0 + Double(Int.random(in: 0..<15, using: &generator))).rounded() }
  return try PairedSample(x: x, y: y, clusters: clusterSize.map { size in (0..<count).map { $0 / size } })
}

/// τ-b over all pairs, by its definition.
func definedTauB(_ x: [Double], _ y: [Double]) -> Double? {
  var (sum, left, right) = (0.0, 0.0, 0.0)
  for first in x.indices {
    for second in 0..<first {
      let (dx, dy) = ((x[first] - x[second]).sign0, (y[first] - y[second]).sign0)
      sum += dx * dy
      left += dx * dx
      right += dy * dy
    }
  }
  return left > 0 && right > 0 ? sum / (left * right).squareRoot() : nil
}

extension Double {
  fileprivate var sign0: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}

@Suite struct CoefficientTests {
  @Test(arguments: [2, 3, 17, 64, 200])
  func tauBIsItsDefinition(_ count: Int) throws {
    for seed in 0..<20 as Range<UInt64> {
      let sample = try tiedSample(count, seed: seed)
      let expected = definedTauB(sample.x, sample.y)
      let value = try? Coefficient.kendallTauB.value(sample)
      #expect((value == nil) == (expected == nil))
      if let value, let expected { #expect(abs(value - expected) < 1e-14, "seed \(seed)") }
    }
  }

  @Test(arguments: [Coefficient.kendallTauB, .kendallTauC, .kendallTauA, .somersD, .spearman])
  func rankCoefficientsIgnoreMonotoneChanges(_ coefficient: Coefficient) throws {
    let sample = try tiedSample(150, seed: 5)
    let bent = try PairedSample(x: sample.x.map { $0 * $0 * $0 + 7 }, y: sample.y.map { $0 / 3 - 1 })
    let flipped = try PairedSample(x: sample.x.map { -$0 }, y: sample.y)
    #expect(try abs(coefficient.value(sample) - coefficient.value(bent)) < 1e-14)
    #expect(try abs(coefficient.value(sample) + coefficient.value(flipped)) < 1e-14)
  }

  @Test(arguments: Coefficient.allCases.filter { !$0.isTieNeutral })
  func constantColumnsHaveNoCoefficient(_ coefficient: Coefficient) throws {
    let sample = try PairedSample(x: [1, 1, 1], y: [1, 2, 3])
    #expect(throws: Reason.self) { try coefficient.value(sample) }
  }

  @Test func averagePrecisionTauOfKnownOrders() throws {
    #expect(try Coefficient.tauAP.value(PairedSample(x: [4, 3, 2, 1], y: [4, 3, 2, 1])) == 1)
    #expect(try Coefficient.tauAP.value(PairedSample(x: [4, 3, 2, 1], y: [1, 2, 3, 4])) == -1)
    // Order 1, 3, 2 by x: C(2)/1 + C(3)/2 = 1 + 1/2, τ_AP = 2/2 · 1.5 − 1.
    #expect(try Coefficient.tauAP.value(PairedSample(x: [3, 2, 1], y: [3, 1, 2])) == 0.5)
  }

  @Test func averagePrecisionTauIsItsDefinition() throws {
    var generator = SeededGenerator(seed: 17)
    for count in [2, 5, 40] {
      let (x, y) = ((0..<count).shuffled(using: &generator), (0..<count).shuffled(using: &generator))
      let order = (0..<count).sorted { x[$0] > x[$1] }
      let sum = (1..<count).reduce(0.0) { sum, place in
        sum + Double(order[..<place].count { y[$0] > y[order[place]] }) / Double(place)
      }
      let sample = try PairedSample(x: x.map { Double($0) }, y: y.map { Double($0) })
      #expect(try abs(Coefficient.tauAP.value(sample) - (2 * sum / Double(count - 1) - 1)) < 1e-13)
    }
  }

  @Test func samplesThatAreNoSamples() {
    #expect(throws: Reason.self) { try PairedSample(x: [1], y: [2]) }
    #expect(throws: Reason.self) { try PairedSample(x: [1, 2], y: [2]) }
    #expect(throws: Reason.self) { try PairedSample(x: [1, .nan], y: [2, 3]) }
    #expect(throws: Reason.self) { try PairedSample(x: [1, .infinity], y: [2, 3]) }
  }

  @Test func denseRanksOrderEveryFiniteValue() {
    let tiny = Double.leastNonzeroMagnitude
    let values = [
      0.0, -0.0, tiny, -tiny, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, 1 + .ulpOfOne, 1,
    ]
    let ranks = DenseRanks(values)
    #expect(ranks.order.map { values[Int($0)] } == values.sorted())
    #expect(ranks.distinctCount == 7)
    #expect(ranks.ranks[0] == ranks.ranks[1])
    #expect(ranks.ranks[6] == ranks.ranks[8])
    #expect(ranks.ranks[7] == ranks.ranks[6] + 1)
  }
}

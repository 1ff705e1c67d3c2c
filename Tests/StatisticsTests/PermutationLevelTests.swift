import Testing

@testable import Statistics

/// How often the permutation test rejects when there is nothing to find.
@Suite struct PermutationLevelTests {
  /// 2,000 rejections by chance at 5 % are within this band with probability 99.9 %: 100 ± 3.29 · √(2000 · .05 · .95).
  static let band = 68...132

  private struct Null {
    var strata: [Int]
    var columns: [[Double]]
    var target: [Double]
  }

  /// Strata of unequal size, mean and spread; features that depend on the stratum; skewed errors.
  private func null(_ generator: inout SeededGenerator, rows: Int) -> Null {
    let strata = (0..<rows).map { $0 % 7 < 3 ? 0 : $0 % 7 < 6 ? 1 : 2 }
    func noise() -> Double { -Normal.quantile(Double(generator.next(below: 1 << 30) + 1) / Double(1 << 30 + 2)) }
    let category = strata.map { ($0 + generator.next(below: 3)) % 4 }
    let number = strata.map { 3 * Double($0) + Double(generator.next(below: 5)) }
    let target = strata.map { stratum -> Double in
      let error = noise()
      return 10 * Double(stratum) + Double(1 + 3 * stratum) * (error > 0 ? error * error : error)
    }
    let indicators = (0..<4).map { level in category.map { $0 == level ? 1.0 : 0 } }
    return Null(strata: strata, columns: indicators + [number], target: target)
  }

  @Test func rejectsFivePercentOfNothing() {
    var generator = SeededGenerator(seed: 2000)
    var (rejected, ignoringStrata) = (0, 0)
    for simulation in 0..<2000 {
      let sample = null(&generator, rows: 42)
      func isRejected(_ strata: [Int]) -> Bool {
        let made = VarianceExplained.tests(
          of: [sample.columns], target: sample.target, strata: Strata(strata),
          settings: .init(permutations: 99, seed: UInt64(simulation)))[0]
        return (try? made.get()).map { $0.pValue.value <= 0.05 } ?? false
      }
      rejected += isRejected(sample.strata) ? 1 : 0
      if simulation < 200 { ignoringStrata += isRejected(sample.strata.map { _ in 0 }) ? 1 : 0 }
    }
    #expect(Self.band.contains(rejected), "\(rejected) of 2,000")
    // The same features "explain" the target when the strata that both depend on are ignored.
    #expect(ignoringStrata > 150, "\(ignoringStrata) of 200")
  }
}

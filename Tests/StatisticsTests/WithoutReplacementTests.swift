import Outcomes
import Testing

@testable import Statistics

@Suite struct WithoutReplacementTests {
  private func subsets(_ count: Int, _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard count >= size else { return [] }
    return subsets(count - 1, size) + subsets(count - 1, size - 1).map { $0 + [count - 1] }
  }

  @Test func hypergeometricAgreesWithSciPy() throws {
    for law in try LocationFixture.load().hypergeometric {
      let made = try Hypergeometric(total: law.total, marked: law.marked, drawn: law.drawn)
      for mass in law.masses {
        let probability = made.probabilities[Int(mass[0]) - made.lower]
        #expect(abs(probability - mass[1]) <= 1e-11 * mass[1], "\(law.total) \(law.marked) \(law.drawn) \(mass)")
      }
      for quantile in law.quantiles { #expect(made.quantile(quantile[0]) == Int(quantile[1])) }
      for tail in law.atLeast { #expect(abs(made.atLeast(Int(tail[0])) - tail[1]) <= 1e-11 + 1e-9 * tail[1]) }
      #expect(abs(made.probabilities.reduce(0, +) - 1) < 1e-12)
    }
    #expect(throws: Reason.self) { try Hypergeometric(total: 3, marked: 4, drawn: 1) }
    #expect(throws: Reason.self) { try Hypergeometric(total: .max, marked: 4, drawn: 1) }
  }

  /// Means and quantiles over every subset, written out.
  @Test(arguments: 1...7) func bestOfDrawsIsThatOfAllSubsets(_ draws: Int) throws {
    let values: [Double] = [3, 1, 4, 1, 5, -9, 4]
    let best = subsets(7, draws).map { $0.map { values[$0] }.max() ?? 0 }.sorted()
    let expected = best.reduce(0, +) / Double(best.count)
    #expect(abs(try OrderStatistics.expectedMaximum(values, draws: draws) - expected) < 1e-12)
    for p in [0.01, 0.025, 0.3, 0.5, 0.75, 0.975, 1] {
      let quantile = best[min(best.count - 1, max(0, Int((p * Double(best.count) - 1e-9).rounded(.up)) - 1))]
      #expect(try OrderStatistics.maximumQuantile(values, draws: draws, p) == quantile)
    }
  }

  @Test func drawsOutOfRangeAreUndefined() {
    for draws in [0, -1, 4, .max] {
      #expect(throws: Reason.self) { try OrderStatistics.expectedMaximum([1, 2, 3], draws: draws) }
    }
    #expect(throws: Reason.self) { try OrderStatistics.expectedMaximum([1e308, -1e308], draws: 1) }
  }

  @Test(arguments: 1...6) func errorOfTheMeanIsThatOfAllSubsets(_ size: Int) throws {
    let values: [Double] = [70.5, 64, 71.25, 69, 73, 60.5]
    let means = subsets(6, size).map { $0.reduce(0) { $0 + values[$1] } / Double(size) }
    let center = means.reduce(0, +) / Double(means.count)
    let variance = means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(means.count)
    let population = try FinitePopulation(values)
    #expect(abs(population.mean - center) < 1e-12)
    #expect(abs(try population.standardErrorOfMean(size: size) - variance.squareRoot()) < 1e-12)
  }
}

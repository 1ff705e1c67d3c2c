import Testing

@testable import Statistics

/// Rejections at 5 % of hypotheses that hold, in 2,000 seeded samples: 69 … 133 is the middle 99.9 % of the binomial
/// distribution. `trainfree-bench null-rates` measures the paired bootstrap, which takes longer, in the same way.
@Suite struct NullRateTests {
  private static let band = 69...133

  private func normal(_ generator: inout SeededGenerator) -> Double {
    Normal.quantile(Double.random(in: 1e-12..<1, using: &generator))
  }

  /// Two metrics with one correlation of .4 with the target, errors correlated .5.
  @Test func testsOfDependentCorrelations() throws {
    var rejected = (steiger: 0, meng: 0, zou: 0)
    for simulation in 0..<2000 {
      var generator = SeededGenerator(seed: 17, stream: UInt64(simulation))
      var columns: [[Double]] = [[], [], []]
      for _ in 0..<50 {
        let (target, shared) = (normal(&generator), normal(&generator))
        columns[2].append(target)
        for metric in 0..<2 {
          let error = 0.5.squareRoot() * (shared + normal(&generator))
          columns[metric].append(0.4 * target + 0.84.squareRoot() * error)
        }
      }
      func pearson(_ one: Int, _ other: Int) throws -> Double {
        try Coefficient.pearson.value(PairedSample(x: columns[one], y: columns[other]))
      }
      let correlations = try DependentCorrelations(
        first: pearson(0, 2), second: pearson(1, 2), between: pearson(0, 1), count: 50)
      rejected.steiger += try correlations.steiger().pValue <= 0.05 ? 1 : 0
      rejected.meng += try correlations.meng().pValue <= 0.05 ? 1 : 0
      let interval = try correlations.zou()
      rejected.zou += interval.lower > 0 || interval.upper < 0 ? 1 : 0
    }
    #expect(Self.band.contains(rejected.steiger), "\(rejected)")
    #expect(Self.band.contains(rejected.meng), "\(rejected)")
    #expect(Self.band.contains(rejected.zou), "\(rejected)")
  }

  /// Two samples of one population: exact p-values, and approximate ones of whole numbers with ties.
  @Test(arguments: [false, true])
  func mannWhitney(_ isRounded: Bool) throws {
    var rejected = 0
    for simulation in 0..<2000 {
      var generator = SeededGenerator(seed: 18, stream: UInt64(simulation))
      func sample(_ count: Int) -> [Double] {
        (0..<count).map { _ in isRounded ? (2 * normal(&generator)).rounded() : normal(&generator) }
      }
      rejected += try MannWhitney(sample(isRounded ? 20 : 9), sample(isRounded ? 25 : 11)).pValue <= 0.05 ? 1 : 0
    }
    #expect(Self.band.contains(rejected), "\(rejected)")
  }
}

import Outcomes
import Testing

@testable import Statistics

/// Standard errors, intervals and p-values of coefficients from leaving out one unit at a time.
@Suite struct JackknifeErrorTests {
  private let settings = BootstrapSettings(method: .jackknife)

  private func normal(_ generator: inout SeededGenerator) -> Double {
    Normal.quantile(Double.random(in: 1e-12..<1, using: &generator))
  }

  /// Tukey's definition on what is left without each unit, with ties and clusters.
  @Test(arguments: [false, true]) func equalsItsDefinition(_ isClustered: Bool) throws {
    let all: [Coefficient] = [.kendallTauB, .kendallTauC, .kendallTauA, .somersD, .spearman, .pearson]
    for seed in 0..<8 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let levels = [3, 8, 1000][Int(seed % 3)]
      let x = (0..<60).map { _ in Double(Int.random(in: 0..<levels, using: &generator)) }
      let y = x.map { $0 + Double(Int.random(in: 0..<levels, using: &generator)) }
      let sample = try PairedSample(x: x, y: y, clusters: isClustered ? x.indices.map { $0 / 4 } : nil)
      for (coefficient, made) in zip(all, Bootstrap.intervals(of: all, sample: sample, settings: settings)) {
        let values = try (0..<sample.unitCount).map { unit in
          try coefficient.value(sample.selecting(x.indices.filter { (sample.clusters?[$0] ?? $0) != unit }))
        }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let error = ((count - 1) / count * values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
        let interval = try made.get()
        #expect(abs(interval.standardError - error) <= 1e-11 * error, "\(coefficient), seed \(seed)")
        let value = try coefficient.value(sample)
        #expect(interval.lower > -1 && interval.lower < value && value < interval.upper && interval.upper < 1)
      }
    }
  }

  /// Of a target of two values, Somers' d is 2 AUC − 1, and its error that of DeLong's components of the AUC.
  @Test func ofTwoClassesItIsDeLongsError() throws {
    var generator = SeededGenerator(seed: 4)
    let y = (0..<90).map { $0 < 50 ? 0.0 : 1 }
    let x = y.map { (2 * ($0 + normal(&generator))).rounded() }
    let (low, high) = (Array(x[..<50]), Array(x[50...]))
    func share(_ one: Double, _ others: [Double], _ sign: Double) -> Double {
      others.reduce(0) { $0 + (sign * (one - $1) > 0 ? 1 : one == $1 ? 0.5 : 0) } / Double(others.count)
    }
    func spread(_ shares: [Double]) -> Double {
      let mean = shares.reduce(0, +) / Double(shares.count)
      return shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count - 1)
    }
    let variance =
      spread(high.map { share($0, low, 1) }) / Double(high.count - 1)
      + spread(low.map { share($0, high, -1) }) / Double(low.count - 1)
    let expected = 2 * (variance * 89 / 90).squareRoot()
    let made = try Bootstrap.intervals(
      of: [.somersD], sample: PairedSample(x: x, y: y), settings: settings)[0].get()
    #expect(abs(made.standardError - expected) < 1e-12)
  }

  /// t of 9 degrees of freedom: 2.262157 for 95 %; the p-value is .05 where an end of the interval is 0.
  @Test func intervalAndPValueAgree() throws {
    let deviations: [Double] = [-3, -2, -1, -1, 0, 0, 1, 1, 2, 3]
    let error = (0.9 * deviations.reduce(0) { $0 + $1 * $1 }).squareRoot()
    for value in [error * 2.2621571627982, -error * 2.2621571627982] {
      let made = try JackknifeError(of: value, without: deviations.map { value + $0 }, isCoefficient: false)
      #expect(abs(made.standardError - error) < 1e-12 && made.freedom == 9)
      let interval = made.interval(level: 0.95)
      #expect(abs(value > 0 ? interval.lower : interval.upper) < 1e-9)
      #expect(abs(made.pValue.value - 0.05) < 1e-9)
    }
    let far = try JackknifeError(
      of: 0.9, without: (0..<400_000).map { 0.9 + Double($0 % 2) * 1e-7 }, isCoefficient: true)
    #expect(far.pValue.value > 0 && far.interval(level: 0.95).lower < 0.9)
  }

  @Test func whatHasNoErrorSaysWhy() throws {
    let perfect = try PairedSample(x: [1, 2, 3, 4, 5], y: [2, 4, 6, 8, 11])
    for made in Bootstrap.intervals(of: [.kendallTauB, .spearman], sample: perfect, settings: settings) {
      #expect(Bootstrap.unchanging.contains(try #require(made.reason).text))
    }
    let sample = try PairedSample(x: [1, 2, 3, 4, 5], y: [2, 1, 6, 3, 11])
    let weighted = Bootstrap.intervals(of: [.weightedTau, .tauAP], sample: sample, settings: settings)
    #expect(weighted.allSatisfy { $0.reason?.text.contains("weight on a few rows") ?? false })
    let two = try PairedSample(x: [1, 2], y: [2, 1])
    #expect(Bootstrap.intervals(of: [.kendallTauB], sample: two, settings: settings)[0].reason != nil)
    let means = Bootstrap.resampled(unitCount: 9, settings: BootstrapSettings(method: .jackknife, resamples: 2)) { _ in
      [1]
    }
    #expect(means[0].value?.interval().reason?.text == JackknifeError.onlyCoefficients)
  }

  /// The number of resamples that is not named is bounded by what they would draw.
  @Test func manyRowsAreNotResampled() {
    let usual = BootstrapSettings()
    #expect(usual.bounded(rows: 20_002) == usual && usual.bounded(rows: 0) == usual)
    #expect(usual.bounded(rows: 20_003).method == .jackknife)
    #expect(usual.bounded(rows: .max).method == .jackknife)
  }

  /// In 2,000 samples of 120 rows of a Gaussian copula, target and metrics rounded to ties or not: 95 % intervals hold the true value
  /// (τ = 2/π asin ρ, ρ_S = 6/π asin ρ/2, r = ρ), and equal metrics are told apart at 5 %, as often as they should.
  @Test func intervalsHoldTheTruth() throws {
    let (correlation, count) = (0.5, 120)
    let truths: [(Coefficient, Double)] = [(.kendallTauA, 1.0 / 3), (.spearman, 0.482583), (.pearson, 0.5)]
    var missed = [0, 0, 0]
    var (ties, different) = (0, 0)
    for simulation in 0..<2000 {
      var generator = SeededGenerator(seed: 29, stream: UInt64(simulation))
      var (target, one, other) = ([Double](), [Double](), [Double]())
      for _ in 0..<count {
        let shared = normal(&generator)
        target.append(shared)
        one.append(correlation * shared + 0.75.squareRoot() * normal(&generator))
        other.append(correlation * shared + 0.75.squareRoot() * normal(&generator))
      }
      let sample = try PairedSample(x: one, y: target)
      for (index, made) in Bootstrap.intervals(of: truths.map(\.0), sample: sample, settings: settings).enumerated() {
        let interval = try made.get()
        missed[index] += interval.lower > truths[index].1 || interval.upper < truths[index].1 ? 1 : 0
      }
      let both = try [one, other].map { metric in
        let rounded = try PairedSample(x: metric.map { ($0 * 2).rounded() }, y: target.map { ($0 * 3).rounded() })
        return try Bootstrap.resampled([.somersD], sample: rounded, settings: settings)[0].get()
      }
      let difference = try both[0].minus(both[1])
      different += try difference.pValue().value <= 0.05 ? 1 : 0
      let interval = try difference.interval().get()
      ties += interval.lower > 0 || interval.upper < 0 ? 1 : 0
    }
    // The middle 99.9 % of the binomial distribution, as in `NullRateTests`.
    for count in missed + [different] { #expect((69...133).contains(count), "\(missed), \(different)") }
    #expect(ties == different)
  }
}

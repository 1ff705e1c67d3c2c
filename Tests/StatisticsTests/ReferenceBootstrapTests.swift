import Testing

@testable import Statistics

/// Intervals against a second implementation that follows the documentation word by word: the documented generator,
/// resamples written out row by row, coefficients by definition, units left out one at a time.
@Suite struct ReferenceBootstrapTests {
  private func naive(
    _ coefficient: Coefficient, _ sample: PairedSample, _ settings: BootstrapSettings
  ) throws -> (lower: Double, upper: Double) {
    let units = (0..<sample.unitCount).map { unit in
      (0..<sample.count).filter { (sample.clusters?[$0] ?? $0) == unit }
    }
    func value(_ rows: [Int]) throws -> Double {
      let part = try sample.selecting(rows)
      guard coefficient == .kendallTauB else { return try coefficient.value(part) }
      return try #require(definedTauB(part.x, part.y))
    }
    let estimate = try value(Array(0..<sample.count))
    var resampled: [Double] = []
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      var rows: [Int] = []
      for _ in units.indices {
        rows += units[Int(generator.next().multipliedFullWidth(by: UInt64(units.count)).high)]
      }
      resampled.append(try value(rows))
    }
    resampled.sort()
    let left = try units.indices.map { unit in try value(units.indices.filter { $0 != unit }.flatMap { units[$0] }) }
    let mean = left.reduce(0, +) / Double(left.count)
    let squares = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let cubes = left.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    let near = { (value: Double) in abs(value - estimate) < 1e-12 }
    let below = resampled.count { $0 < estimate && !near($0) }
    let bias = Normal.quantile((Double(below) + Double(resampled.count(where: near)) / 2) / Double(resampled.count))
    let end = { (z: Double) -> Double in
      let place =
        Normal.cumulative(bias + (bias + z) / (1 - acceleration * (bias + z))) * Double(resampled.count - 1)
      let index = min(Int(place), resampled.count - 2)
      return resampled[index] + (place - Double(index)) * (resampled[index + 1] - resampled[index])
    }
    let z = Normal.quantile((1 + settings.level) / 2)
    return (end(-z), end(z))
  }

  @Test(arguments: [Coefficient.kendallTauB, .spearman, .pearson], [nil, 1, 3, 7])
  func bcaIsItsDocumentation(_ coefficient: Coefficient, _ clusterSize: Int?) throws {
    let sample = try tiedSample(42, seed: 21, clusterSize: clusterSize)
    let settings = BootstrapSettings(resamples: 400, seed: 77, level: 0.9)
    let expected = try naive(coefficient, sample, settings)
    let interval = try Bootstrap.intervals(of: [coefficient], sample: sample, settings: settings)[0].get()
    #expect(abs(interval.lower - expected.lower) < 1e-9)
    #expect(abs(interval.upper - expected.upper) < 1e-9)
  }

  /// One row decides the spread of x; resamples without it must still be exact.
  @Test(arguments: [1e6, 1e19, 1e300])
  func outliersDoNotCostDigitsOfOtherRows(_ outlier: Double) throws {
    let plain = try tiedSample(40, seed: 31)
    let sample = try PairedSample(x: [outlier] + plain.x, y: [3] + plain.y)
    var evaluator = WeightedEvaluator(sample, coefficients: [.pearson])
    var weights = [Int32](repeating: 1, count: 41)
    weights[0] = 0
    let value = try #require(evaluator.values(unitWeights: weights)[0])
    #expect(try abs(value - Coefficient.pearson.value(plain)) < 1e-12)
  }

  @Test func aLargeOffsetDoesNotChangePearson() throws {
    let sample = try tiedSample(50, seed: 13)
    let shifted = try PairedSample(x: sample.x.map { $0 + 1e14 }, y: sample.y.map { $0 - 1e13 })
    #expect(try abs(Coefficient.pearson.value(sample) - Coefficient.pearson.value(shifted)) < 1e-14)
  }

  @Test(arguments: [2, 3, 8, 100, 1501])
  func perfectOrdersAreExactlyOne(_ count: Int) throws {
    let x = (0..<count).map { Double($0) }
    for coefficient in [Coefficient.kendallTauB, .spearman] {
      #expect(try coefficient.value(PairedSample(x: x, y: x.map { $0 * $0 })) == 1)
      #expect(try coefficient.value(PairedSample(x: x, y: x.map { -$0 })) == -1)
    }
  }
}

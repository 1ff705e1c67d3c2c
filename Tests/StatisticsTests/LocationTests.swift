import Foundation
import Outcomes
import Testing

@testable import Statistics

struct LocationFixture: Decodable {
  struct Law: Decodable {
    var total: Int
    var marked: Int
    var drawn: Int
    var masses: [[Double]]
    var quantiles: [[Double]]
    var atLeast: [[Double]]
  }
  struct Sample: Decodable {
    var values: [Double]
    /// Value, lower and upper end.
    var mean: [Double]
    var median: [Double]
  }
  var scipy: String
  var hypergeometric: [Law]
  var location: [Sample]

  static func load() throws -> LocationFixture {
    let url = try #require(Bundle.module.url(forResource: "location", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(LocationFixture.self, from: Data(contentsOf: url))
  }
}

@Suite struct LocationTests {
  /// Resamples written out row by row, units left out one at a time.
  private func naive(
    _ statistic: ([Double]) -> Double, _ values: [Double], _ clusters: [Int]?, _ settings: BootstrapSettings
  ) -> (lower: Double, upper: Double) {
    let count = (clusters?.max() ?? values.count - 1) + 1
    let units = (0..<count).map { unit in values.indices.filter { (clusters?[$0] ?? $0) == unit } }
    func value(_ rows: [Int]) -> Double { statistic(rows.map { values[$0] }) }
    let estimate = value(Array(values.indices))
    let resampled = (0..<settings.resamples).map { resample -> Double in
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      return value(units.indices.flatMap { _ in units[generator.next(below: units.count)] })
    }.sorted()
    let left = units.indices.map { unit in value(units.indices.filter { $0 != unit }.flatMap { units[$0] }) }
    let mean = left.reduce(0, +) / Double(left.count)
    let squares = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let cubes = left.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    let near = { (value: Double) in abs(value - estimate) < 1e-10 }
    let below = resampled.count { $0 < estimate && !near($0) }
    let bias = Normal.quantile((Double(below) + Double(resampled.count(where: near)) / 2) / Double(resampled.count))
    let end = { (z: Double) in
      Quantile.linear(resampled, Normal.cumulative(bias + (bias + z) / (1 - acceleration * (bias + z))))
    }
    let z = Normal.quantile((1 + settings.level) / 2)
    return (end(-z), end(z))
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private func sample(_ count: Int, seed: UInt64, clusters size: Int?) -> (values: [Double], clusters: [Int]?) {
    var generator = SeededGenerator(seed: seed)
    var shared: [Double] = []
    let values = (0..<count).map { row -> Double in
      let cluster = row / (size ?? 1)
      while shared.count <= cluster { shared.append(Double(generator.next(below: 40)) / 4) }
      return 70 + shared[cluster] + Double(generator.next(below: 3)) / 2
    }
    return (values, size.map { size in (0..<count).map { $0 / size } })
  }

  @Test(arguments: [nil, 1, 3, 5], [31, 60]) func intervalsAreTheirDocumentation(_ size: Int?, _ count: Int) throws {
    let (values, clusters) = sample(count, seed: 5, clusters: size)
    let settings = BootstrapSettings(resamples: 400, seed: 11, level: 0.9)
    let made = try LocationBootstrap.estimates(of: values, clusters: clusters, settings: settings)
    for (estimate, statistic) in [
      (made.mean, { (values: [Double]) in values.reduce(0, +) / Double(values.count) }), (made.median, median),
    ] {
      let expected = naive(statistic, values, clusters, settings)
      let interval = try estimate.interval.get()
      #expect(abs(estimate.value - statistic(values)) < 1e-12)
      #expect(abs(interval.lower - expected.lower) < 1e-9 && abs(interval.upper - expected.upper) < 1e-9)
    }
  }

  /// SciPy draws other resamples: the ends agree to the error of 9,999 resamples.
  @Test func intervalsAgreeWithSciPy() throws {
    for sample in try LocationFixture.load().location {
      let made = try LocationBootstrap.estimates(of: sample.values, settings: BootstrapSettings())
      for (estimate, expected) in [(made.mean, sample.mean), (made.median, sample.median)] {
        let interval = try estimate.interval.get()
        #expect(abs(estimate.value - expected[0]) < 1e-12)
        let tolerance = 0.06 * (expected[2] - expected[1])
        #expect(abs(interval.lower - expected[1]) < tolerance && abs(interval.upper - expected[2]) < tolerance)
      }
    }
  }

  /// Another unit or offset changes the intervals alike, at sizes where squares would overflow or vanish.
  @Test(arguments: [1e-200, 1, 1e150]) func scaleDoesNotMatter(_ scale: Double) throws {
    let (values, clusters) = sample(45, seed: 8, clusters: 3)
    let settings = BootstrapSettings(resamples: 200)
    let plain = try LocationBootstrap.estimates(of: values, clusters: clusters, settings: settings)
    let scaled = try LocationBootstrap.estimates(of: values.map { $0 * scale }, clusters: clusters, settings: settings)
    for (one, other) in [(plain.mean, scaled.mean), (plain.median, scaled.median)] {
      let (first, second) = (try one.interval.get(), try other.interval.get())
      #expect(abs(first.lower - second.lower / scale) < 1e-9 && abs(first.upper - second.upper / scale) < 1e-9)
    }
  }

  @Test func placesWithoutSome() {
    for gone in [[], [0], [3], [0, 1, 2], [1, 4, 5], [2, 3, 9]] {
      let left = (0..<10).filter { !gone.contains($0) }
      #expect(left.indices.map { LocationSample.place($0, without: gone) } == left)
    }
  }

  @Test func samplesWithoutIntervals() throws {
    let settings = BootstrapSettings(resamples: 50)
    func reason(_ values: [Double], _ clusters: [Int]? = nil) throws -> String? {
      let made = try LocationBootstrap.estimates(of: values, clusters: clusters, settings: settings)
      if case .failure(let undefined) = made.mean.interval { return undefined.text }
      return nil
    }
    #expect(try reason([1, 2]) == "fewer than three rows")
    #expect(try reason([1, 2, 3, 4], [0, 0, 1, 1]) == "fewer than three clusters")
    #expect(try reason([2, 2, 2, 2]) == "every value is the same")
    #expect(throws: Reason.self) { try LocationBootstrap.estimates(of: [], settings: settings) }
    #expect(throws: Reason.self) { try LocationBootstrap.estimates(of: [1, .infinity, 2], settings: settings) }
    #expect(throws: Reason.self) {
      try LocationBootstrap.estimates(of: [1, 2, 3], clusters: [0], settings: settings)
    }
  }
}

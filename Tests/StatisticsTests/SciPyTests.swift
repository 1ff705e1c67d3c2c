import Foundation
import Testing

@testable import Statistics

struct SciPyFixture: Decodable {
  struct Sample: Decodable {
    var name: String
    var x: [Double]
    var y: [Double]
    var values: [String: Double]
  }
  struct BCa: Decodable {
    var x: [Double]
    var y: [Double]
    var lower: Double
    var upper: Double
  }
  var scipy: String
  var samples: [Sample]
  var bca: BCa
  var normal: [[Double]]

  static func load() throws -> SciPyFixture {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/scipy", withExtension: "json"))
    return try JSONDecoder().decode(SciPyFixture.self, from: Data(contentsOf: url))
  }
}

@Suite struct SciPyTests {
  @Test(arguments: [Coefficient.kendallTauB, .kendallTauC, .spearman, .pearson, .weightedTau])
  func coefficientAgrees(_ coefficient: Coefficient) throws {
    for sample in try SciPyFixture.load().samples {
      let expected = try #require(sample.values[coefficient.rawValue])
      let value = try coefficient.value(PairedSample(x: sample.x, y: sample.y))
      #expect(abs(value - expected) <= 1e-12, "\(sample.name): \(value) and \(expected)")
    }
  }

  @Test func bcaIntervalAgreesWithinMonteCarloError() throws {
    let fixture = try SciPyFixture.load().bca
    let sample = try PairedSample(x: fixture.x, y: fixture.y)
    let interval = try #require(
      try? Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: BootstrapSettings(resamples: 9999))[0]
        .get())
    #expect(abs(interval.lower - fixture.lower) < 0.012)
    #expect(abs(interval.upper - fixture.upper) < 0.012)
  }

  @Test func normalDistributionAgrees() throws {
    for pair in try SciPyFixture.load().normal {
      #expect(abs(Normal.cumulative(pair[0]) - pair[1]) <= 1e-15 + 1e-13 * pair[1])
      if pair[1] > 1e-12 { #expect(abs(Normal.quantile(pair[1]) - pair[0]) < 1e-7) }
    }
  }
}

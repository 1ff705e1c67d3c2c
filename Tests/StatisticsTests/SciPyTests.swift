import Foundation
import Outcomes
import Testing

@testable import Statistics

struct SciPyFixture: Decodable {
  struct Sample: Decodable {
    var name: String
    var x: [Double]
    var y: [Double]
    var values: [String: Double?]
    /// Pearson's r in rational arithmetic; nil for constant columns and large samples.
    var exactPearson: Double?
  }
  struct Stream: Decodable {
    var seed: String
    var stream: String
    var numbers: [String]
  }
  struct BCa: Decodable {
    var x: [Double]
    var y: [Double]
    var lower: Double
    var upper: Double
  }
  struct Intraclass: Decodable {
    var ratings: [[Double]]
    var level: Double
    /// Value, lower and upper end by form.
    var forms: [String: [Double]]
  }
  var scipy: String
  var samples: [Sample]
  var bca: BCa
  var normal: [[Double]]
  var generator: [Stream]
  /// x, a, b, I_x(a, b).
  var beta: [[Double]]
  /// p, degrees of freedom, quantile.
  var f: [[Double]]
  var intraclass: [Intraclass]
  /// Rows, marked and drawn ones, x, P(X ≤ x), P(X ≥ x); exact.
  var hypergeometricTails: [[Double]]

  static func load() throws -> SciPyFixture {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/scipy", withExtension: "json"))
    return try JSONDecoder().decode(SciPyFixture.self, from: Data(contentsOf: url))
  }
}

@Suite struct SciPyTests {
  @Test(arguments: [Coefficient.kendallTauB, .kendallTauC, .kendallTauA, .somersD, .spearman, .pearson, .weightedTau])
  func coefficientAgrees(_ coefficient: Coefficient) throws {
    for sample in try SciPyFixture.load().samples {
      let pair = try PairedSample(x: sample.x, y: sample.y)
      guard let expected = try #require(sample.values[coefficient.rawValue]) else {
        #expect(throws: Reason.self, "\(sample.name)") { try coefficient.value(pair) }
        continue
      }
      // With a large offset SciPy's own error is larger than the tolerance; `pearsonIsExact` judges those.
      if coefficient == .pearson, let exact = sample.exactPearson, abs(exact - expected) > 1e-12 { continue }
      let value = try coefficient.value(pair)
      #expect(abs(value - expected) <= 1e-12, "\(sample.name): \(value) and \(expected)")
    }
  }

  @Test func pearsonIsExact() throws {
    for sample in try SciPyFixture.load().samples {
      guard let exact = sample.exactPearson else { continue }
      let value = try Coefficient.pearson.value(PairedSample(x: sample.x, y: sample.y))
      #expect(abs(value - exact) <= 1e-14, "\(sample.name): \(value) and \(exact)")
    }
  }

  /// Tails far below the precision of a sum that starts at 1 keep their digits.
  @Test func hypergeometricTailsAreExact() throws {
    for tail in try SciPyFixture.load().hypergeometricTails {
      let made = try Hypergeometric(total: Int(tail[0]), marked: Int(tail[1]), drawn: Int(tail[2]))
      let (lower, upper) = (made.atMost(Int(tail[3])), made.atLeast(Int(tail[3])))
      #expect(abs(lower - tail[4]) <= 1e-11 * tail[4], "\(tail): \(lower)")
      #expect(abs(upper - tail[5]) <= 1e-11 * tail[5], "\(tail): \(upper)")
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

  @Test func generatorIsItsDocumentation() throws {
    for expected in try SciPyFixture.load().generator {
      var generator = SeededGenerator(
        seed: try #require(UInt64(expected.seed)), stream: try #require(UInt64(expected.stream)))
      for number in expected.numbers { #expect(String(generator.next()) == number) }
    }
  }
}

import Foundation
import Testing

/// Reference values of `scripts/fixtures/effects.py`.
struct EffectFixture: Decodable {
  struct Tail: Decodable {
    var total: Int
    var marked: Int
    var drawn: Int
    var x: Int
    var lower: Double
    var upper: Double
  }
  struct Design: Decodable {
    var name: String
    var strata: [Int]
    var target: [Double]
    var columns: [[Double]]
    var share: Double
    var rank: Int
    var alone: Double
    var aloneRank: Int
  }
  struct Enumerated: Decodable {
    var strata: [Int]
    var feature: [Double]
    var target: [Double]
    var share: Double
    var p: Double
  }
  struct Differences: Decodable {
    var strata: [Int]
    var levels: [Int]
    var target: [Double]
    /// Mean and pooled difference of each level.
    var values: [[Double]]
  }
  var scipy: String
  var hypergeometric: [Tail]
  var designs: [Design]
  var enumerated: [Enumerated]
  var differences: Differences

  static func load() throws -> EffectFixture {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/effects", withExtension: "json"))
    return try JSONDecoder().decode(EffectFixture.self, from: Data(contentsOf: url))
  }
}

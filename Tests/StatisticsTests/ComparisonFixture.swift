import Foundation
import Testing

/// Reference values of `scripts/fixtures/comparisons.py`.
struct ComparisonFixture: Decodable {
  struct RankSum: Decodable {
    var first: [Double]
    var second: [Double]
    var statistic: Double
    /// p-values: two-sided, greater, less.
    var exact: [Double]?
    var asymptotic: [Double]
  }
  struct Family: Decodable {
    var values: [Double]
    var holm: [Double]
    var benjaminiHochberg: [Double]

    enum CodingKeys: String, CodingKey {
      case values
      case holm
      case benjaminiHochberg = "benjamini-hochberg"
    }
  }
  struct Equivalence: Decodable {
    var value: Double
    var count: Int
    var margin: Double
    /// p-values of the lower and of the upper test.
    var p: [Double]
  }
  struct Stratified: Decodable {
    struct Values: Decodable {
      var kendall: Double
      var spearman: Double
      var pearson: Double
      var strata: [Double?]

      enum CodingKeys: String, CodingKey {
        case kendall = "kendall-tau-b"
        case spearman
        case pearson
        case strata
      }
    }
    var x: [Double]
    var y: [Double]
    var strata: [Int]
    var values: Values
  }
  struct Difference: Decodable {
    var first: [Double]
    var second: [Double]
    var target: [Double]
    var value: Double
    var lower: Double
    var upper: Double
    var error: Double
  }
  struct Replicates: Decodable {
    var groups: [[Double]]
    var size: Double
    var icc: Double
    var lower: Double
    var upper: Double
    var reliability: Double
    var error: Double
  }
  struct EqualSize: Decodable {
    var x: [Double]
    var y: [Double]
    var sizes: [[Double]]
    var groups: [Int]
    var within: Double
    var pairs: Int
    /// Pairs tied in x.
    var tied: Int
    var gamma: Double
    var somersD: Double
  }
  var rankSums: [RankSum]
  var families: [Family]
  var equivalence: [Equivalence]
  var stratified: [Stratified]
  var difference: Difference
  var replicates: [Replicates]
  var equalSize: [EqualSize]

  static func load() throws -> ComparisonFixture {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/comparisons", withExtension: "json"))
    return try JSONDecoder().decode(ComparisonFixture.self, from: Data(contentsOf: url))
  }
}

import Documents
import Figures

/// Measures of the top of the ranking.
package struct TopSpec: Keyed {
  /// A whole number ≥ 1 is a count, a number in (0, 1) a share.
  package var sizes: [Double] = []

  package init() {}

  /// The shape of a size.
  static let size = Schema.either([.integer(1...1_000_000), .number(0...1, exclusive: true)])
  static let list = Schema.list(size, minimum: 1)

  package static let definition = "top-of-ranking"
  package static let summary = "Measures of the top of the ranking."
  package static let fields: [Field<TopSpec>] = [
    .required("sizes", \.sizes, "Whole numbers are counts, numbers below 1 shares of the ranking.", list)
  ]
}

extension TopSpec {
  /// A size for people: `50`, `10 %`.
  static func label(_ size: Double) -> String { size < 1 ? shareLabel(size) : NumberText.compact(size) }

  /// A share of the ranking for people: `10 %`, `2.5 %`.
  static func shareLabel(_ share: Double) -> String { "\(NumberText.percent(share)) %" }

  /// A size in results: `top-50`, `top-10-percent`.
  static func key(_ size: Double) -> String {
    size < 1 ? "top-\(shareKey(size))" : "top-\(Int(min(size, 1e9)))"
  }

  /// A share of the ranking in results: `50-percent`, `2-5-percent`.
  static func shareKey(_ share: Double) -> String {
    let percent = NumberText.fixed(share * 100, decimals: 1)
    return (percent.hasSuffix(".0") ? String(percent.dropLast(2)) : String(percent.map { $0 == "." ? "-" : $0 }))
      + "-percent"
  }
}

/// Values for sizes of the top of a ranking, under keys such as `top-50` and `top-10-percent`; other values may stand beside
/// them in the same object (`Inlined`).
struct TopValues<Value: Codable & Sendable>: Codable, Sendable {
  private let values: NamedValues<Value>

  /// Names the values.
  ///
  /// - Parameters:
  ///   - sizes: Counts, or shares below 1.
  ///   - value: The value of a size, by its place.
  init(_ sizes: [Double], _ value: (Int) -> Value) {
    values = NamedValues(sizes.enumerated().map { (TopSpec.key($1), value($0)) })
  }

  init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("top-") } }
  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

  /// The value of a size.
  subscript(size: Double) -> Value? { values[TopSpec.key(size)] }
}

extension TopValues: Equatable where Value: Equatable {}

/// Values for numbers of draws, under keys such as `best-of-10`; other values may stand beside them in the same object.
struct BestOfValues<Value: Codable & Sendable>: Codable, Sendable {
  private let values: NamedValues<Value>

  /// Names the values.
  init(_ values: [(draws: Int, value: Value)]) {
    self.values = NamedValues(values.map { ("best-of-\($0.draws)", $0.value) })
  }

  init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("best-of-") } }
  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

  /// The value of a number of draws.
  subscript(draws: Int) -> Value? { values["best-of-\(draws)"] }
}

extension BestOfValues: Equatable where Value: Equatable {}

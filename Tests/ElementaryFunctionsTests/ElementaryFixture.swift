import ElementaryFunctions
import Foundation
import Testing

/// Values of mpmath, written by scripts/fixtures/elementary.py.
struct ElementaryFixture: Decodable {
  var mpmath: String
  /// By name: arguments, the double next to the value, and what the value is beyond it in units of its last place.
  var functions: [String: [[Double]]]

  static func load() throws -> ElementaryFixture {
    let url = try #require(
      Bundle.module.url(forResource: "elementary", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(ElementaryFixture.self, from: Data(contentsOf: url))
  }
}

/// A function by its name, with the error it is stated to have.
struct NamedFunction: Sendable, CustomTestStringConvertible {
  var name: String
  /// The bound in units in the last place of a normal result.
  var bound: Double
  var value: @Sendable (Double) -> Double

  var testDescription: String { name }

  init(_ name: String, _ bound: Double, _ value: @escaping @Sendable (Double) -> Double) {
    self.name = name
    self.bound = bound
    self.value = value
  }

  static let all = [
    NamedFunction("exp", 0.51, Elementary.exp), NamedFunction("expm1", 0.51, Elementary.expm1),
    NamedFunction("sinh", 0.51, Elementary.sinh), NamedFunction("tanh", 0.51, Elementary.tanh),
    NamedFunction("log", 0.51, Elementary.log), NamedFunction("log1p", 0.51, Elementary.log1p),
    NamedFunction("log2", 0.51, Elementary.log2), NamedFunction("log10", 0.51, Elementary.log10),
    NamedFunction("asinh", 1, Elementary.asinh), NamedFunction("atanh", 0.51, Elementary.atanh),
    NamedFunction("asin", 1, Elementary.asin), NamedFunction("sinPi", 1.5, Elementary.sinPi),
    NamedFunction("cosPi", 1.5, Elementary.cosPi), NamedFunction("erf", 1.5, Elementary.erf),
    NamedFunction("erfc", 3, Elementary.erfc), NamedFunction("logGamma", 3, Elementary.logGamma),
  ]
}

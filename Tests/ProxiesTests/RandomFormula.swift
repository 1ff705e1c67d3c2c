import Statistics

@testable import Proxies

/// Formulas drawn at random, well typed or of any form, and damaged texts of them.
struct RandomFormula {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }

  /// Any form, well typed or not.
  mutating func any(depth: Int) -> ProxyExpression {
    guard depth > 0 else {
      return generator.next(below: 4) == 0
        ? ProxyExpression(.number(pick([0, 1, -2, 0.5, 1e-9, 1e300])))
        : ProxyExpression(.input(pick(ProxyInput.allCases)))
    }
    switch generator.next(below: 8) {
    case 0: return any(depth: 0)
    case 1, 2, 3: return ProxyExpression(.unary(pick(UnaryOperation.allCases), any(depth: depth - 1)))
    case 4, 5:
      return ProxyExpression(.binary(pick(BinaryOperation.allCases), any(depth: depth - 1), any(depth: depth - 1)))
    default:
      return ProxyExpression(
        .aggregate(pick(ProxyAggregation.allCases), pick(ProxyScope.allCases), any(depth: depth - 1)))
    }
  }

  /// A formula that has a number for every network, as far as types go.
  mutating func typed() -> ProxyExpression {
    let body = ProxyExpression(.binary(pick([.sum, .difference, .product, .quotient]), number(), number()))
    return ProxyExpression(.aggregate(pick(ProxyAggregation.allCases), .layers, body))
  }

  private mutating func number() -> ProxyExpression {
    var formula = ProxyExpression(.input(pick(ProxyInput.allCases)))
    for _ in 0...generator.next(below: 3) { formula = ProxyExpression(.unary(pick(UnaryOperation.allCases), formula)) }
    return ProxyExpression(.unary(.mean, formula))
  }

  /// A text made of parts of formulas, some of them damaged.
  mutating func damaged() -> String {
    let formula = generator.next(below: 2) == 0 ? typed() : any(depth: 4)
    var scalars = Array(formula.text.unicodeScalars)
    let signs: [Unicode.Scalar] = [
      "(", ")", "[", ",", ".", "\"", "'", "=", "-", "+", "*", "/", "e", "0", "_", " ", "\n", "\u{0}", "\u{202E}", "é",
      "−",
      "9", "m", "l", "{",
    ]
    for _ in 0..<generator.next(below: 7) {
      let place = generator.next(below: scalars.count + 1)
      switch generator.next(below: 5) {
      case 0 where !scalars.isEmpty: scalars.remove(at: min(place, scalars.count - 1))
      case 1: scalars.insert(contentsOf: scalars.prefix(generator.next(below: scalars.count + 1)), at: place)
      case 2: scalars = Array(scalars.prefix(place))
      case 3: scalars.insert(contentsOf: pick(Self.words).unicodeScalars, at: place)
      default: scalars.insert(pick(signs), at: place)
      }
    }
    return String(String.UnicodeScalarView(scalars.prefix(6000)))
  }

  private static let words = [
    "layers", "modules,", "mean(", "matmul(", "head", "softmax", "softmax(", "and ", "not ", "1e999", "((((", "- -",
    "layer.",
    "norm_sum(", "true", "in [",
  ]
}

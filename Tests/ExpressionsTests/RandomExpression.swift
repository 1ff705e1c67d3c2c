import Statistics

@testable import Expressions

/// Expressions drawn at random, of a type or of any form.
struct RandomExpression {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let names = ["depth", "hidden-size", "a", "glue", "layer-1-heads", "in-size", "sum"]
  private static let layerNames = ["heads", "operation", "feed-forward-dimension"]
  private static let texts = ["", "SA", "it's", "\"", "a \"b\" 'c'", "ü — ∑", "and", "\\"]
  private static let numbers = [
    0, 1, 2, 4.5, 0.1, 1e-5, 1e300, .leastNonzeroMagnitude, 9007199254740992, 1e15, 123456789.25, 1e16,
  ]

  mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }

  /// Any form, well typed or not.
  mutating func any(depth: Int) -> Expression {
    guard depth > 0 else { return leaf() }
    switch generator.next(below: 7) {
    case 0: return leaf()
    case 1: return Expression(.unary(pick(UnaryOperator.allCases), any(depth: depth - 1)))
    case 2, 3:
      return Expression(.binary(pick(BinaryOperator.allCases), any(depth: depth - 1), any(depth: depth - 1)))
    case 4:
      let list = (0...generator.next(below: 4)).map { _ in literal() }
      return Expression(.membership(any(depth: depth - 1), list, isNegated: generator.next(below: 2) == 0))
    case 5:
      let function = pick(ExpressionFunction.allCases)
      let count = function.arity.lowerBound + generator.next(below: min(3, function.arity.count))
      return Expression(.call(function, (0..<count).map { _ in any(depth: depth - 1) }))
    default: return Expression(.overLayers(pick(LayerFunction.allCases), any(depth: depth - 1)))
    }
  }

  private mutating func leaf() -> Expression {
    switch generator.next(below: 5) {
    case 0: return Expression(.number(number()))
    case 1: return Expression(.text(pick(Self.texts)))
    case 2: return Expression(.truth(generator.next(below: 2) == 0))
    case 3: return Expression(.layer(pick(Self.layerNames)))
    default: return Expression(.column(pick(Self.names)))
    }
  }

  private mutating func number() -> Double {
    switch generator.next(below: 3) {
    case 0: return pick(Self.numbers)
    case 1: return -pick(Self.numbers)
    default:
      let value = Double(bitPattern: generator.next())
      return value.isFinite ? value : 7
    }
  }

  private mutating func literal() -> ExpressionLiteral {
    switch generator.next(below: 3) {
    case 0: .number(number() + 0)
    case 1: .text(pick(Self.texts))
    default: .truth(generator.next(below: 2) == 0)
    }
  }

  /// A text made of parts of expressions, some of them damaged.
  mutating func damaged() -> String {
    var scalars = Array(any(depth: 4).text.unicodeScalars)
    let signs: [Unicode.Scalar] = [
      "(", ")", "[", "]", ",", ".", "\"", "'", "=", "!", "<", "-", "&", "|", "e", "0", "_", " ", "\n", "\u{0}",
      "\u{202E}",
      "é", "≤", "{", "9", "n", "o", "t",
    ]
    for _ in 0...generator.next(below: 6) {
      let place = generator.next(below: scalars.count + 1)
      switch generator.next(below: 4) {
      case 0 where !scalars.isEmpty: scalars.remove(at: min(place, scalars.count - 1))
      case 1: scalars.insert(contentsOf: scalars.prefix(generator.next(below: scalars.count + 1)), at: place)
      case 2: scalars = Array(scalars.prefix(place))
      default: scalars.insert(pick(signs), at: place)
      }
    }
    return String(String.UnicodeScalarView(scalars.prefix(6000)))
  }

  /// Signs in any order.
  mutating func noise() -> String {
    let parts = [
      "depth", "layer", ".", "(", ")", "[", "]", ",", "==", "<", "and", "or", "not", "in", "-", "+", "*", "/", "1",
      "\"x\"",
      "count", "min", "if", " ", "'", "true", "1e999", "..", "@",
    ]
    return (0..<generator.next(below: 40)).map { _ in pick(parts) + (generator.next(below: 2) == 0 ? " " : "") }
      .joined()
  }
}

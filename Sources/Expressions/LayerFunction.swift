import Tables

/// Functions of the values that an expression has in the layers of an architecture. A layer beyond an architecture's depth
/// is passed by; a layer in which the expression is undefined for another reason makes the function undefined.
package enum LayerFunction: String, Sendable, Hashable, CaseIterable {
  /// Number of layers where it is true.
  case count
  /// Sum of numbers; 0 without layers.
  case sum
  /// Mean of numbers; undefined without layers.
  case mean
  /// Smallest number; undefined without layers.
  case min
  /// Largest number; undefined without layers.
  case max
  /// Whether it is true in some layer; true as soon as it is in one, whatever is undefined in others.
  case any
  /// Whether it is true in every layer; false as soon as it is in one.
  case all

  /// The type that the expression must have.
  var operand: ExpressionType {
    switch self {
    case .count, .any, .all: .truth
    case .sum, .mean, .min, .max: .number
    }
  }

  /// The type of the value.
  var type: ExpressionType { self == .any || self == .all ? .truth : .number }

  /// The value for the layers that there are.
  func value(_ layers: [ExpressionValue]) -> ExpressionValue {
    switch self {
    case .any: return layers.reduce(.truth(false)) { $0.or($1) }
    case .all: return layers.reduce(.truth(true)) { $0.and($1) }
    case .count:
      var count = 0
      for layer in layers {
        switch layer {
        case .truth(let isTrue): count += isTrue ? 1 : 0
        case .undefined: return layer
        case .number, .whole, .text: return .undefined("not true or false")
        }
      }
      return .number(Double(count))
    case .sum, .mean, .min, .max: return numbers(layers)
    }
  }

  private func numbers(_ layers: [ExpressionValue]) -> ExpressionValue {
    var numbers: [ExpressionValue] = []
    for layer in layers {
      switch layer {
      case .number, .whole: numbers.append(layer)
      case .undefined: return layer
      case .truth, .text: return .undefined("not a number")
      }
    }
    let sum = numbers.reduce(.number(0)) { ExpressionValue.arithmetic(.plus, $0, $1) }
    if self == .sum { return sum }
    guard !numbers.isEmpty else { return .undefined("there are no layers") }
    switch self {
    case .min: return ExpressionFunction.min.value(numbers)
    case .max: return ExpressionFunction.max.value(numbers)
    default: return .arithmetic(.over, sum, .number(Double(numbers.count)))
    }
  }
}

/// The columns `layer-1-x`, `layer-2-x`, … of a table, which expressions call `layer.x`.
package enum LayerColumns {
  /// The most layers looked for.
  package static let limit = 256

  /// The name of a column.
  package static func name(_ property: String, layer: Int) -> String { "layer-\(layer)-\(property)" }

  /// The name that a short one stands for: `operation` for `op`.
  package static func fullName(_ property: String) -> String { property == "op" ? "operation" : property }

  /// The names after `layer.` that columns give, each once, in order; those of the first layer count.
  package static func properties(_ columns: some Sequence<String>) -> [String] {
    let prefix = name("", layer: 1)
    return columns.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }
}

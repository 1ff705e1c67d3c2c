import Tables

/// The value of an expression in a row, or why there is none.
package enum ExpressionValue: Sendable, Hashable {
  /// A finite number.
  case number(Double)
  /// A whole number that no Double equals; every other one is a `number`.
  case whole(Int)
  /// Text.
  case text(String)
  /// A truth value.
  case truth(Bool)
  /// No value, with the reason.
  case undefined(String)

  /// A number, or undefined when it is not finite.
  static func finite(_ number: Double) -> ExpressionValue {
    number.isFinite ? .number(number) : .undefined("not a finite number")
  }

  /// The value of a cell of a column.
  init(_ cell: Cell, column: String) {
    switch cell {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .exact(number)
    case .real(let number): self = .number(number)
    case .boolean(let isTrue): self = .truth(isTrue)
    case .undefined(let reason): self = .undefined("\(column): \(reason)")
    }
  }

  init(_ literal: ExpressionLiteral) {
    switch literal {
    case .number(let number): self = .number(number)
    case .whole(let number): self = .exact(number)
    case .text(let text): self = .text(text)
    case .truth(let isTrue): self = .truth(isTrue)
    }
  }

  /// The truth value; nil when it is undefined or of another type.
  package var truth: Bool? { if case .truth(let isTrue) = self { isTrue } else { nil } }

  /// The number, rounded when it is a whole one without a Double of its own; nil when it is undefined or of another type.
  package var number: Double? {
    switch self {
    case .number(let number): number
    case .whole(let number): Double(number)
    case .text, .truth, .undefined: nil
    }
  }

  /// Kleene's conjunction: false where either is false, otherwise undefined where either is.
  func and(_ other: ExpressionValue) -> ExpressionValue {
    switch (truthOrReason, other.truthOrReason) {
    case (.truth(false), _), (_, .truth(false)): .truth(false)
    case (.truth, .truth): .truth(true)
    case (.truth, let reason), (let reason, _): reason
    }
  }

  /// Kleene's disjunction: true where either is true, otherwise undefined where either is.
  func or(_ other: ExpressionValue) -> ExpressionValue {
    switch (truthOrReason, other.truthOrReason) {
    case (.truth(true), _), (_, .truth(true)): .truth(true)
    case (.truth, .truth): .truth(false)
    case (.truth, let reason), (let reason, _): reason
    }
  }

  /// The value if it is a truth value or undefined; what is of another type is undefined.
  var truthOrReason: ExpressionValue {
    switch self {
    case .truth, .undefined: self
    case .number, .whole, .text: .undefined("not true or false")
    }
  }
}

import Tables

/// The value of an expression in a row, or why there is none.
package enum ExpressionValue: Sendable, Hashable {
  /// A finite number.
  case number(Double)
  /// A whole number that no Double equals; every other one is a `number`.
  case whole(Int)
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

/// Whole numbers beyond 2⁵³, which not all have a Double that equals them: they keep their value in comparisons, sums,
/// differences, products and quotients.
extension ExpressionValue {
  /// A whole number; the Double that equals it when there is one.
  static func exact(_ value: Int) -> ExpressionValue {
    Int(exactly: Double(value)) == value ? .number(Double(value)) : .whole(value)
  }

  /// The whole number that it is, when that fits into 64 bits; nil for other values.
  var integer: Int? {
    switch self {
    case .whole(let value): value
    case .number(let value): Int(exactly: value)
    case .text, .truth, .undefined: nil
    }
  }

  /// Whether a number is smaller than another; nil for other values. A number that is not whole lies below 2⁵³ or beyond
  /// 64 bits, so that rounding the other cannot change the answer.
  static func isLess(_ one: ExpressionValue, _ other: ExpressionValue) -> Bool? {
    if case .number(let left) = one, case .number(let right) = other { return left < right }
    if let left = one.integer, let right = other.integer { return left < right }
    guard let left = one.number, let right = other.number else { return nil }
    return left < right
  }

  /// A sum, difference, product or quotient; undefined for other operations and values.
  static func arithmetic(
    _ operation: BinaryOperator, _ one: ExpressionValue, _ other: ExpressionValue
  ) -> ExpressionValue {
    guard let left = one.number, let right = other.number else { return .undefined("not a number") }
    let rounded: Double
    switch operation {
    case .plus: rounded = left + right
    case .minus: rounded = left - right
    case .times: rounded = left * right
    case .over:
      guard right != 0 else { return .undefined("a division by zero") }
      rounded = left / right
    default: return .undefined("not a number")
    }
    if case .number = one, case .number = other, abs(rounded) < 0x1p53 { return .finite(rounded) }
    guard let left = one.integer, let right = other.integer else { return .finite(rounded) }
    return whole(operation, left, right) ?? .finite(rounded)
  }

  /// The result for whole numbers; nil when it does not fit.
  private static func whole(_ operation: BinaryOperator, _ left: Int, _ right: Int) -> ExpressionValue? {
    func exact(_ result: (partialValue: Int, overflow: Bool)) -> ExpressionValue? {
      result.overflow ? nil : .exact(result.partialValue)
    }
    switch operation {
    case .plus: return exact(left.addingReportingOverflow(right))
    case .minus: return exact(left.subtractingReportingOverflow(right))
    case .times: return exact(left.multipliedReportingOverflow(by: right))
    case .over:
      let quotient = left.dividedReportingOverflow(by: right)
      guard !quotient.overflow else { return nil }
      let rest = left.remainderReportingOverflow(dividingBy: right).partialValue
      if rest == 0 { return .exact(quotient.partialValue) }
      // The whole part is exact, the rest below 1.
      return abs(quotient.partialValue) < 1 << 53
        ? .finite(Double(quotient.partialValue) + Double(rest) / Double(right)) : nil
    default: return nil
    }
  }
}

/// The type of an expression's values.
package enum ExpressionType: String, Sendable, Hashable, CaseIterable {
  /// Finite numbers.
  case number
  case text
  /// True or false.
  case truth

  /// The type of a column's values: whole and real numbers are numbers.
  package init(_ type: ColumnType) {
    switch type {
    case .text: self = .text
    case .integer, .real: self = .number
    case .boolean: self = .truth
    }
  }

  /// The words for a value of the type, such as `a number`.
  var words: String {
    switch self {
    case .number: "a number"
    case .text: "text"
    case .truth: "true or false"
    }
  }
}

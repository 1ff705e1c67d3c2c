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

extension ExpressionFunction {
  /// The value for numbers of which some are whole numbers without a Double of their own.
  ///
  /// - Precondition: As `value` of Doubles.
  func value(_ numbers: [ExpressionValue]) -> ExpressionValue {
    switch (self, numbers[0]) {
    case (.abs, .whole(let value)): return .exact(Swift.abs(value))
    case (.floor, .whole), (.ceiling, .whole), (.round, .whole): return numbers[0]
    case (.min, _): return numbers.reduce(numbers[0]) { ExpressionValue.isLess($1, $0) == true ? $1 : $0 }
    case (.max, _): return numbers.reduce(numbers[0]) { ExpressionValue.isLess($0, $1) == true ? $1 : $0 }
    default: return value(numbers.compactMap(\.number))
    }
  }
}

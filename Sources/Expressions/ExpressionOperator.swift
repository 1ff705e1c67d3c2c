/// Operators before an operand.
package enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  /// The other truth value.
  case not
  /// The number with the other sign.
  case negative = "-"
}

/// Operators between two operands.
package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  /// True where an operand is true.
  case or
  /// True where both operands are true.
  case and
  /// True where two values of one type are the same; numbers are compared exactly.
  case equal = "=="
  /// True where two values of one type differ; numbers are compared exactly.
  case unequal = "!="
  /// True where the left number is smaller than the right one.
  case less = "<"
  /// True where the left number is smaller than the right one or equal to it.
  case atMost = "<="
  /// True where the left number is larger than the right one.
  case greater = ">"
  /// True where the left number is larger than the right one or equal to it.
  case atLeast = ">="
  /// Sum.
  case plus = "+"
  /// Difference.
  case minus = "-"
  /// Product.
  case times = "*"
  /// Quotient; undefined where the right number is 0.
  case over = "/"
}

extension BinaryOperator {
  /// Its precedence; larger binds tighter.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .unequal, .less, .atMost, .greater, .atLeast: 4
    case .plus, .minus: 5
    case .times, .over: 6
    }
  }

  /// Types that operands must have.
  enum Operands {
    /// Truth values.
    case truths
    /// Two values of one type.
    case alike
    case numbers
  }

  var operands: Operands {
    switch self {
    case .or, .and: .truths
    case .equal, .unequal: .alike
    default: .numbers
    }
  }

  /// The type of its value.
  var type: ExpressionType { precedence >= 5 ? .number : .truth }
}

/// Precedences of what is no binary operator.
enum Precedence {
  static let not = 3
  static let comparison = 4
  static let negative = 7
  static let primary = 8
}

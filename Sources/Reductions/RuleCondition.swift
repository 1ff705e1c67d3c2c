import Expressions

/// A test of one feature, such as `hidden-size >= 256`. Where the feature has no value, it is not met.
package struct RuleCondition: Sendable, Hashable {
  /// A comparison of a feature with a value.
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    /// Equal or larger.
    case atLeast = ">="
    /// Equal or smaller.
    case atMost = "<="
  }

  /// A value that a feature is compared with.
  package enum Value: Sendable, Hashable {
    /// A finite number.
    case number(Double)
    /// Text; only for `==`.
    case text(String)
    /// A truth value; only for `==`.
    case truth(Bool)
  }

  /// The feature's name.
  package var feature: String
  package var comparison: Comparison
  package var value: Value

  package init(_ feature: String, _ comparison: Comparison, _ value: Value) {
    self.feature = feature
    self.comparison = comparison
    self.value = value
  }

  /// The condition as an expression.
  package var expression: Expression {
    let operation: BinaryOperator =
      switch comparison {
      case .equal: .equal
      case .atLeast: .atLeast
      case .atMost: .atMost
      }
    let written: Expression.Form =
      switch value {
      case .number(let number): .number(number)
      case .text(let text): .text(text)
      case .truth(let isTrue): .truth(isTrue)
      }
    return Expression(.binary(operation, Expression(.column(feature)), Expression(written)))
  }

  /// True when a conjunction may hold both: they are about two features, or are the ends of a range of one.
  func goesWith(_ other: RuleCondition) -> Bool {
    guard feature == other.feature else { return true }
    guard case .number(let first) = value, case .number(let second) = other.value else { return false }
    switch (comparison, other.comparison) {
    case (.atLeast, .atMost): return first < second
    case (.atMost, .atLeast): return first > second
    default: return false
    }
  }
}

/// A conjunction of conditions.
package struct Rule: Sendable, Hashable {
  /// The conditions, in the order of the features and cut points.
  package var conditions: [RuleCondition]

  package init(_ conditions: [RuleCondition]) { self.conditions = conditions }

  /// The rule as an expression; `true` without conditions.
  package var expression: Expression {
    guard let first = conditions.first else { return Expression(.truth(true)) }
    return conditions.dropFirst().reduce(first.expression) { Expression(.binary(.and, $0, $1.expression)) }
  }

  /// The rule as text, such as `depth == 4 and hidden-size >= 256`.
  package var text: String { expression.text }
}

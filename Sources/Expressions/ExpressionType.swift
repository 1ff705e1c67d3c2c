import Tables

/// The type of an expression's values.
package enum ExpressionType: String, Sendable, Hashable, CaseIterable {
  /// Finite numbers.
  case number
  /// Text.
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

  /// What a value is, in words.
  var words: String {
    switch self {
    case .number: "a number"
    case .text: "text"
    case .truth: "true or false"
    }
  }
}

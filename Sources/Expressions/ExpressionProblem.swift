import Diagnostics

/// What is wrong with an expression, at a place in its text.
package struct ExpressionProblem: Sendable, Hashable {
  /// Stable kebab-case identifier of the kind of problem.
  package var id: String
  /// Where, in Unicode scalars from the start of the text.
  package var place: Int
  /// What is wrong, in a sentence without a final full stop.
  package var message: String
  /// Why, when that is not plain from the message.
  package var reason: String?
  /// How to fix it.
  package var fix: String

  /// Creates a problem.
  package init(_ id: String, at place: Int, _ message: String, reason: String? = nil, fix: String) {
    self.id = id
    self.place = place
    self.message = message
    self.reason = reason
    self.fix = fix
  }

  /// The problem as a finding at a location.
  package func diagnostic(at location: SourceLocation?) -> Diagnostic {
    Diagnostic(id: id, location: location, message: message, reason: reason, fix: fix)
  }
}

/// Bounds of expressions, so that hostile ones take neither time nor stack.
package enum ExpressionLimits {
  /// The most Unicode scalars of a text.
  package static let length = 4000
  /// The most parts of an expression, literals of lists included.
  package static let nodes = 500
  /// The most levels of nesting.
  package static let depth = 64
  /// The most problems reported for one text.
  package static let problems = 20
}

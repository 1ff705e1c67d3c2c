import Diagnostics

/// Reads expressions.
///
/// From loose to tight: `or`; `and`; `not`; one comparison, `in` or `not in`; `+ -`; `* /`; a sign; names, literals, calls and
/// parentheses. A sign before a number is part of it.
///
/// ```swift
/// let read = ExpressionParser.parse("depth >= 4 and count(layer.operation == \"SA\") > 2")
/// if let rule = read.expression {
///   let problems = ExpressionChecker.problems(rule, columns: table.columns.map(\.schema), wanted: .truth)
///   let isKept = rule.values(in: table).map { $0.truth == true }
/// }
/// ```
package enum ExpressionParser {
  /// An expression, or what is wrong with its text.
  package struct Outcome: Sendable, Hashable {
    /// The expression; nil when there are problems.
    package var expression: Expression?
    /// Every problem, in order of place.
    package var problems: [ExpressionProblem]
  }

  /// Reads a text. Time and memory are bounded by `ExpressionLimits`, whatever the text.
  package static func parse(_ text: String) -> Outcome {
    var problems: [ExpressionProblem] = []
    if text.utf8.count > ExpressionLimits.length, text.unicodeScalars.count > ExpressionLimits.length {
      problems.append(
        ExpressionProblem(
          "too-long", at: 0, "the expression has over \(ExpressionLimits.length) characters",
          fix: "shorten it, or derive columns for its parts"))
      return Outcome(expression: nil, problems: problems)
    }
    let lexer = ExpressionLexer(text)
    var grammar = ExpressionGrammar(lexer.tokens)
    let expression = grammar.whole()
    problems = lexer.problems + grammar.problems
    problems = problems.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
    return Outcome(
      expression: problems.isEmpty ? expression : nil,
      problems: Array(problems.prefix(ExpressionLimits.problems)))
  }
}

/// A problem of an expression, at a place in its text.
package struct ExpressionProblem: Sendable, Hashable {
  /// Stable kebab-case identifier of the kind of problem.
  package var id: String
  /// Unicode scalars before it in the text.
  package var place: Int
  /// The problem, in a sentence without a final full stop.
  package var message: String
  /// The reason for it, when that is not plain from the message.
  package var reason: String?
  /// A way to fix it.
  package var fix: String

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

/// Reads expressions.
///
/// From loose to tight: `or`; `and`; `not`; one comparison, `in` or `not in`; `+ -`; `* /`; a sign; names, literals, calls and
/// parentheses. A sign before a number is part of it.
package enum ExpressionParser {
  /// What was read.
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

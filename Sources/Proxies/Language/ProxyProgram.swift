import Diagnostics
import Expressions
import Outcomes

/// A proxy that was read and checked: a formula that has a number for every network, or a reason why not.
///
/// ```swift
/// let read = ProxyProgram.parse("mean(layers, mean(square(head)) + logsoftmax(frobenius(activation)))")
/// if let program = read.program {
///   program.text    // "mean(layers, mean(modules, mean(square(head))) + mean(modules, logsoftmax(frobenius(activation))))"
///   program.inputs  // [.head, .activation]
///   let value = program.value(on: source)
/// }
/// ```
package struct ProxyProgram: Sendable, Hashable {
  /// A program, or what is wrong with its text.
  package struct Reading: Sendable, Hashable {
    /// The program; nil when there are problems.
    package var program: ProxyProgram?
    /// Every problem, in order of place.
    package var problems: [ExpressionProblem]
  }

  /// The formula with everything written out.
  package let expression: ProxyExpression

  /// The canonical text, which reads as the same program: two programs are equal when their texts are.
  package var text: String { expression.text }

  /// The inputs that it reads, in order of first use.
  package var inputs: [ProxyInput] { expression.inputs }

  private init(checked expression: ProxyExpression) { self.expression = expression }

  /// Reads a text. Time and memory are bounded by `ExpressionLimits`, whatever the text.
  package static func parse(_ text: String) -> Reading {
    if text.utf8.count > ExpressionLimits.length, text.unicodeScalars.count > ExpressionLimits.length {
      return Reading(
        problems: [
          ExpressionProblem(
            "too-long", at: 0, "the formula has over \(ExpressionLimits.length) characters", fix: "shorten it")
        ])
    }
    let lexer = ExpressionLexer(text)
    var grammar = ProxyGrammar(lexer.tokens)
    let expression = grammar.whole()
    let problems = (lexer.problems + grammar.problems).enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    guard problems.isEmpty, let expression else {
      return Reading(problems: Array(problems.prefix(ExpressionLimits.problems)))
    }
    return check(expression)
  }

  /// The program of a formula, or what is wrong with it.
  package static func check(_ expression: ProxyExpression) -> Reading {
    let checked = ProxyChecker.check(expression)
    return Reading(program: checked.expression.map(ProxyProgram.init(checked:)), problems: checked.problems)
  }

  /// The program of a text.
  ///
  /// - Throws: `DiagnosticsError` with every problem, its line and column, and the line itself.
  package static func read(_ text: String, file: String) throws(DiagnosticsError) -> ProxyProgram {
    let reading = parse(text)
    if let program = reading.program { return program }
    throw DiagnosticsError(diagnostics(reading.problems, of: text, file: file))
  }

  /// Problems of a text as findings with line and column.
  package static func diagnostics(_ problems: [ExpressionProblem], of text: String, file: String) -> [Diagnostic] {
    var lines: [String.UnicodeScalarView] = [.init()]
    var places: [(line: Int, column: Int)] = []
    for scalar in text.unicodeScalars.prefix(ExpressionLimits.length) {
      places.append((lines.count, lines[lines.count - 1].count + 1))
      if scalar == "\n" { lines.append(.init()) } else { lines[lines.count - 1].append(scalar) }
    }
    let end = (line: lines.count, column: lines[lines.count - 1].count + 1)
    return problems.map { problem in
      let place = problem.place < places.count ? places[problem.place] : end
      var finding = problem.diagnostic(
        at: SourceLocation(file: file, line: place.line, column: place.column))
      finding.excerpt = String(String.UnicodeScalarView(lines[place.line - 1].prefix(200)))
      return finding
    }
  }
}

import Diagnostics
import Documents
import Expressions

/// An expression of the spec with the place of each of its characters.
package struct LocatedExpression: Sendable, Hashable {
  /// The text as it was read.
  package var text: String
  /// Place in the spec where its text begins.
  package var location: SourceLocation
  /// The expression; nil when it cannot be read.
  package var expression: Expression?
  /// The problems that keep it from being read, in order of place; empty when there is an expression.
  package var problems: [ExpressionProblem]
  private var places: ScalarPlaces

  /// Reads an expression that stands at a location of a source.
  package init(_ text: String, at location: SourceLocation, in source: SourceText) {
    self.text = text
    self.location = location
    let outcome = ExpressionParser.parse(text)
    expression = outcome.expression
    problems = outcome.problems
    places = ScalarPlaces(text, at: location, in: source)
  }

  /// Place of a problem in the source; for one at the end of the text, one scalar behind its last.
  package func location(of problem: ExpressionProblem) -> SourceLocation { places.location(of: problem) }
}

/// The place of each character of a text in a spec.
struct ScalarPlaces: Sendable, Hashable {
  private let start: SourceLocation
  private let places: [SourceLocation]

  /// The places of a text that begins at a location; none of one that is too long to be read.
  init(_ text: String, at location: SourceLocation, in source: SourceText) {
    start = location
    places =
      text.utf8.count <= 4 * ExpressionLimits.length ? source.places(ofScalar: text, from: location) : []
  }

  /// Place of a problem; for one at the end of the text, one scalar behind its last.
  func location(of problem: ExpressionProblem) -> SourceLocation {
    if problem.place < places.count { return places[problem.place] }
    guard var last = places.last else { return start }
    last.column += 1
    return last
  }
}

extension LocatedExpression: FieldValue {
  /// Stands in a spec's type until an expression is read.
  static let unread = LocatedExpression(
    "", at: SourceLocation(file: "", line: 1), in: SourceText("", file: ""))

  package static var schema: Schema { .text }

  /// Reads the expression of a scalar, once however often an alias stands for it.
  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> LocatedExpression? {
    guard let text = node.text else { return nil }
    return reading.once(at: node.location) { LocatedExpression(text, at: node.location, in: reading.source) }
  }

  package var canonical: JSONValue { .string(expression?.text ?? text) }
}

import Diagnostics
import Documents
import Expressions
import Proxies
import Sizes
import Tables

extension Cotangent: FieldWord {}
extension ProxyDefect: FieldWord {}

/// A metric that a spec defines by a formula over the matrices of networks (`docs/proxies.md`).
package struct ProxySpec: Keyed, Named {
  /// The most formulas of a measurement.
  package static let limit = 100

  /// The column's name.
  package var name = Located<String>.unread
  /// The formula that gives its values.
  package var formula = LocatedFormula.unread
  /// The better end of its values.
  package var better = Direction.higher
  /// The name for people; the formula when nil.
  package var title: String?
  /// The objective whose gradients it reads; that of the kind of network when nil.
  package var cotangent: Cotangent?
  /// What of LPZero's released code it is evaluated with.
  package var defects: [ProxyDefect] = []

  package init() {}

  package static let definition = "proxy"
  package static let summary = "A metric by a formula over the matrices of a network."
  package static let fields: [Field<ProxySpec>] = [
    .required("formula", \.formula, "Its values, such as mean(layers, mean(square(head)))."),
    .required("better", \.better, "Which end promises better networks."),
    .text("title", \.title, "Name for people; the formula when left out."),
    .optional(
      "cotangent", \.cotangent, "Objective whose gradients `gradient` has; that of the kind of network when left out.",
      .word(Cotangent.choices.map(\.rawValue))),
    .optional("defects", \.defects, "What of LPZero's released code it is evaluated with."),
  ]
}

/// A formula of the spec with the place of each of its characters.
package struct LocatedFormula: Sendable, Hashable {
  /// The text as it was read.
  package var text: String
  /// Place in the spec where its text begins.
  package var location: SourceLocation
  /// The program; nil when it cannot be read.
  package var program: ProxyProgram?
  /// The problems that keep it from being read, in order of place; empty when there is a program.
  package var problems: [ExpressionProblem]
  private var places: ScalarPlaces

  /// Reads a formula that stands at a location of a source.
  package init(_ text: String, at location: SourceLocation, in source: SourceText) {
    self.text = text
    self.location = location
    let reading = ProxyProgram.parse(text)
    program = reading.program
    problems = reading.problems
    places = ScalarPlaces(text, at: location, in: source)
  }

  /// Place of a problem in the source; for one at the end of the text, one scalar behind its last.
  package func location(of problem: ExpressionProblem) -> SourceLocation { places.location(of: problem) }
}

extension LocatedFormula: FieldValue {
  /// Stands in a spec's type until a formula is read.
  static let unread = LocatedFormula("", at: SourceLocation(file: "", line: 1), in: SourceText("", file: ""))

  package static var schema: Schema { .text }

  /// Reads the formula of a scalar, once however often an alias stands for it.
  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> LocatedFormula? {
    guard let text = node.text else { return nil }
    return reading.once(at: node.location) { LocatedFormula(text, at: node.location, in: reading.source) }
  }

  package var canonical: JSONValue { .string(keyText) }
}

/// A value whose text is all that decides: keys are made of it, whatever else the type holds.
package protocol KnownByText {
  /// The text.
  var keyText: String { get }
}

extension LocatedFormula: KnownByText {
  package var keyText: String { program?.text ?? text }
}

extension ProxyProgram: KnownByText {
  package var keyText: String { text }
}

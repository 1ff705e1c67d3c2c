/// A formula over the columns of a table. Two expressions are equal when they are built alike, wherever they were read.
package struct Expression: Sendable, GrammarNode {
  /// The outermost part of an expression.
  package indirect enum Form: Sendable, Hashable {
    /// A finite number; zero has no sign.
    case number(Double)
    /// A whole number that no Double equals.
    case whole(Int)
    case text(String)
    /// A truth value.
    case truth(Bool)
    /// The value of a column, by kebab-case name.
    case column(String)
    /// The value of column `layer-i-NAME` of the layer that a count over layers is at.
    case layer(String)
    /// An operator before its operand.
    case unary(UnaryOperator, Expression)
    /// An operator between its operands.
    case binary(BinaryOperator, Expression, Expression)
    /// True where a value is one of a list of literals; negated, where it is none of them.
    case membership(Expression, [ExpressionLiteral], isNegated: Bool)
    /// A function of one or more values.
    case call(ExpressionFunction, [Expression])
    /// A function of the values that an expression has in every layer.
    case overLayers(LayerFunction, Expression)
  }

  package var form: Form
  /// Unicode scalars before its operator or first token in the text; not a part of its identity.
  package var place: Int

  /// Creates an expression. A number that is −0 becomes 0.
  ///
  /// - Precondition: A number is finite.
  package init(_ form: Form, at place: Int = 0) {
    if case .number(let value) = form {
      precondition(value.isFinite, "numbers are finite")
      self.form = .number(value == 0 ? 0 : value)
    } else {
      self.form = form
    }
    self.place = place
  }

  /// Unicode scalars before its leftmost token.
  package var start: Int {
    switch form {
    case .binary(_, let left, _): min(place, left.start)
    case .membership(let subject, _, _): min(place, subject.start)
    default: place
    }
  }

  /// The direct parts, in order.
  package var children: [Expression] {
    switch form {
    case .number, .whole, .text, .truth, .column, .layer: []
    case .unary(_, let operand), .membership(let operand, _, _), .overLayers(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let arguments): arguments
    }
  }

  /// The columns it names, each once, in order of first use; `layer.x` not included.
  package var columnNames: [String] {
    var names: [String] = []
    func visit(_ expression: Expression) {
      if case .column(let name) = expression.form, !names.contains(name) { names.append(name) }
      for child in expression.children { visit(child) }
    }
    visit(self)
    return names
  }

  /// The names after `layer.` that it uses, each once, in order of first use.
  package var layerNames: [String] {
    var names: [String] = []
    func visit(_ expression: Expression) {
      if case .layer(let name) = expression.form, !names.contains(name) { names.append(name) }
      for child in expression.children { visit(child) }
    }
    visit(self)
    return names
  }
}

extension Expression: Hashable {
  /// True when both have the same form; their places in a text do not count.
  package static func == (left: Expression, right: Expression) -> Bool { left.form == right.form }

  /// Hashes the form, as `==` compares it.
  package func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

/// A value written in an expression.
package enum ExpressionLiteral: Sendable, Hashable {
  /// A finite number.
  case number(Double)
  /// A whole number that no Double equals.
  case whole(Int)
  case text(String)
  /// A truth value.
  case truth(Bool)
}

/// The canonical form of an expression.
extension Expression {
  /// The expression as it is written: single blanks, no parentheses that are not needed, double quotes, names with hyphens.
  /// It parses to an equal expression.
  package var text: String {
    switch form {
    case .number(let value): Self.numberText(value)
    case .whole(let value): String(value)
    case .text(let text): Self.quoted(text)
    case .truth(let isTrue): isTrue ? "true" : "false"
    case .column(let name): name
    case .layer(let name): "layer.\(name)"
    case .unary(.not, let operand): "not " + operand.text(atLeast: Precedence.not)
    case .unary(.negative, let operand): "-" + negated(operand)
    case .binary(let operation, let left, let right):
      left.text(atLeast: operation.precedence + (operation.precedence == Precedence.comparison ? 1 : 0))
        + " \(operation.rawValue) " + right.text(atLeast: operation.precedence + 1)
    case .membership(let subject, let list, let isNegated):
      subject.text(atLeast: Precedence.comparison + 1) + (isNegated ? " not in [" : " in [")
        + list.map(Self.text).joined(separator: ", ") + "]"
    case .call(let function, let arguments):
      "\(function.rawValue)(\(arguments.map(\.text).joined(separator: ", ")))"
    case .overLayers(let function, let body): "\(function.rawValue)(\(body.text))"
    }
  }

  /// A minus directly before a number would become part of it.
  private func negated(_ operand: Expression) -> String {
    switch operand.form {
    case .number, .whole: return "(\(operand.text))"
    default: break
    }
    return operand.text(atLeast: Precedence.negative)
  }

  private func text(atLeast precedence: Int) -> String { self.precedence < precedence ? "(\(text))" : text }

  private var precedence: Int {
    switch form {
    case .binary(let operation, _, _): operation.precedence
    case .membership: Precedence.comparison
    case .unary(.not, _): Precedence.not
    case .unary(.negative, _): Precedence.negative
    default: Precedence.primary
    }
  }

  private static func text(_ literal: ExpressionLiteral) -> String {
    switch literal {
    case .number(let value): numberText(value)
    case .whole(let value): String(value)
    case .text(let text): quoted(text)
    case .truth(let isTrue): isTrue ? "true" : "false"
    }
  }

  /// The shortest decimal text that reads as a number; whole numbers below 10¹⁵ without a point.
  package static func numberText(_ value: Double) -> String {
    value.magnitude < 1e15 && value == value.rounded() ? String(Int(value)) : "\(value)"
  }

  /// A text in double quotes, those in it written twice.
  static func quoted(_ text: String) -> String {
    var content = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { content += "\"" }
      content.unicodeScalars.append(scalar)
    }
    return "\"\(content)\""
  }
}

extension Expression: CustomStringConvertible {
  /// The canonical form.
  package var description: String { text }
}

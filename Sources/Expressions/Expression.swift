/// A formula over the columns of a table. Two expressions are equal when they are built alike, wherever they were read.
package struct Expression: Sendable {
  /// How an expression is built.
  package indirect enum Form: Sendable, Hashable {
    /// A finite number; zero has no sign.
    case number(Double)
    /// A whole number that no Double equals.
    case whole(Int)
    /// Text.
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
    /// Whether a value is one of a list of literals, or none of them.
    case membership(Expression, [ExpressionLiteral], isNegated: Bool)
    /// A function of one or more values.
    case call(ExpressionFunction, [Expression])
    /// A function of the values that an expression has in every layer.
    case overLayers(LayerFunction, Expression)
  }

  /// How it is built.
  package var form: Form
  /// Where its operator or first token stands in the text, in Unicode scalars from 0; not a part of its identity.
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

  /// Where its leftmost token stands.
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
  /// Whether both are built alike.
  package static func == (left: Expression, right: Expression) -> Bool { left.form == right.form }

  /// Hashes how it is built.
  package func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

/// A value written in an expression.
package enum ExpressionLiteral: Sendable, Hashable {
  /// A finite number.
  case number(Double)
  /// A whole number that no Double equals.
  case whole(Int)
  /// Text.
  case text(String)
  /// A truth value.
  case truth(Bool)
}

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
  static func numberText(_ value: Double) -> String {
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

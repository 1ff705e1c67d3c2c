import Expressions

/// A formula over the matrices of a network. Two are equal when they are built alike, wherever they were read.
package struct ProxyExpression: Sendable, GrammarNode {
  /// The outermost part.
  package indirect enum Form: Sendable, Hashable {
    /// A finite number; zero has no sign.
    case number(Double)
    /// The matrix that an input has in the module at hand.
    case input(ProxyInput)
    /// An operation on one value.
    case unary(UnaryOperation, ProxyExpression)
    /// An operation on two values.
    case binary(BinaryOperation, ProxyExpression, ProxyExpression)
    /// The values of a formula in every layer or module, made one number.
    case aggregate(ProxyAggregation, ProxyScope, ProxyExpression)
  }

  package var form: Form
  /// Unicode scalars before its operator or first token in the text; not a part of its identity.
  package var place: Int

  /// Creates a formula. A number that is −0 becomes 0.
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

  /// The direct parts, in order.
  package var children: [ProxyExpression] {
    switch form {
    case .number, .input: []
    case .unary(_, let operand), .aggregate(_, _, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    }
  }

  /// The most matrices beside the inputs that have to be in memory at once for its value (Sethi & Ullman 1970, section 3).
  var matricesAtOnce: Int {
    switch form {
    case .number, .input: return 0
    case .aggregate: return 1
    case .unary(_, let operand): return max(1, operand.matricesAtOnce)
    case .binary(_, let left, let right):
      let (one, other) = (left.matricesAtOnce, right.matricesAtOnce)
      return max(1, one == other ? one + 1 : max(one, other))
    }
  }

  /// The inputs that it reads, each once, in order of first use.
  package var inputs: [ProxyInput] {
    var found: [ProxyInput] = []
    func visit(_ expression: ProxyExpression) {
      if case .input(let input) = expression.form, !found.contains(input) { found.append(input) }
      for child in expression.children { visit(child) }
    }
    visit(self)
    return found
  }
}

extension ProxyExpression: Hashable {
  /// True when both have the same form; their places in a text do not count.
  package static func == (left: ProxyExpression, right: ProxyExpression) -> Bool { left.form == right.form }

  /// Hashes the form, as `==` compares it.
  package func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

/// What a formula is evaluated for one by one.
package enum ProxyScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// The layers of the network, in order.
  case layers
  /// The modules: inside of `layers` those of the layer, otherwise those of the network, in the network's order.
  case modules
}

/// How the values of layers or modules become one.
package enum ProxyAggregation: String, Sendable, Hashable, Codable, CaseIterable {
  case mean, sum, min, max

  /// The value for at least one number, added up in order.
  ///
  /// - Precondition: There is a number.
  package func value(_ numbers: [Double]) -> Double {
    precondition(!numbers.isEmpty, "there is a number")
    switch self {
    case .mean: return OrderedSum.of(numbers) / Double(numbers.count)
    case .sum: return OrderedSum.of(numbers)
    case .min: return numbers.dropFirst().reduce(numbers[0]) { $1 < $0 ? $1 : $0 }
    case .max: return numbers.dropFirst().reduce(numbers[0]) { $1 > $0 ? $1 : $0 }
    }
  }
}

/// The canonical form.
extension ProxyExpression {
  /// The formula as it is written: single blanks, no parentheses that are not needed. It parses to an equal formula.
  package var text: String {
    switch form {
    case .number(let value): Expression.numberText(value)
    case .input(let input): input.rawValue
    case .unary(let operation, let operand): "\(operation.rawValue)(\(operand.text))"
    case .binary(.matmul, let left, let right): "matmul(\(left.text), \(right.text))"
    case .binary(let operation, let left, let right):
      left.text(atLeast: operation.precedence) + " \(operation.sign) " + right.text(atLeast: operation.precedence + 1)
    case .aggregate(let aggregation, let scope, let body):
      "\(aggregation.rawValue)(\(scope.rawValue), \(body.text))"
    }
  }

  private func text(atLeast precedence: Int) -> String { self.precedence < precedence ? "(\(text))" : text }

  private var precedence: Int {
    if case .binary(let operation, _, _) = form { operation.precedence } else { BinaryOperation.matmul.precedence }
  }
}

extension ProxyExpression: CustomStringConvertible {
  /// The canonical form.
  package var description: String { text }
}

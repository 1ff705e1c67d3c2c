import Diagnostics
import Expressions

/// Builds a formula from the tokens of `ExpressionLexer` by recursive descent: sums, products, a sign, then names, numbers, calls
/// and parentheses.
struct ProxyGrammar: TokenGrammar {
  typealias Node = ProxyExpression

  static let noun = "formula"
  static let sizeFix = "shorten it"
  static let depthFix = "take parentheses out"

  var cursor: TokenCursor

  init(_ tokens: [ExpressionToken]) { cursor = TokenCursor(tokens) }

  /// The formula that all tokens make.
  mutating func whole() -> ProxyExpression? {
    if current.kind == .end {
      report("empty-proxy", current, "there is no formula", fix: "write one, such as mean(layers, mean(square(head)))")
      return nil
    }
    let part = sum()
    if current.kind != .end { reportTrailing() }
    return part?.expression
  }

  private mutating func reportTrailing() {
    switch current.kind {
    case .symbol(.close):
      report("unbalanced-bracket", current, ") closes nothing", fix: "take it out, or open it before")
    case .symbol(.comma): report("unexpected-comma", current, "a comma stands only in calls", fix: "take it out")
    case .name, .number, .whole, .symbol(.open):
      report(
        "missing-operator", current, "there is no operator before \(current.words)", fix: "write +, -, * or / before it"
      )
    default: reportForeign()
    }
  }

  /// Reports a sign or word that formulas of proxies do not have.
  private mutating func reportForeign() {
    report(
      "unexpected-token", current, "\(current.words) has no meaning in a formula of a proxy",
      reason: "there are numbers, inputs, operations, + - * /, and parentheses", fix: "take it out")
  }

  // MARK: Operators

  mutating func sum() -> Part? {
    binary({ $0.product() }) { kind in
      kind == .symbol(.plus) ? .sum : kind == .symbol(.minus) ? .difference : nil
    }
  }

  private mutating func product() -> Part? {
    binary({ $0.signed() }) { kind in
      kind == .symbol(.times) ? .product : kind == .symbol(.over) ? .quotient : nil
    }
  }

  private mutating func binary(
    _ operand: (inout ProxyGrammar) -> Part?, _ operation: (ExpressionToken.Kind) -> BinaryOperation?
  ) -> Part? { chain(operand, operation) { .binary($0, $1, $2) } }

  private mutating func signed() -> Part? {
    let token = current
    guard take(.minus) else { return operand() }
    if let value = Self.number(current.kind) {
      advance()
      return part(.number(-value), at: token)
    }
    guard let operand = deeper({ $0.signed() }) else { return nil }
    return part(.unary(.negate, operand.expression), at: token, over: [operand])
  }

  private static func number(_ kind: ExpressionToken.Kind) -> Double? {
    switch kind {
    case .number(let value): value
    case .whole(let value): Double(value)
    default: nil
    }
  }

  private mutating func operand() -> Part? {
    let token = current
    if let value = Self.number(token.kind) {
      advance()
      return part(.number(value), at: token)
    }
    switch token.kind {
    case .name(let name):
      advance()
      if current.kind == .symbol(.open) { return call(name, token) }
      guard let input = ProxyInput(rawValue: name) else {
        reportUnknownInput(name, token)
        return nil
      }
      return part(.input(input), at: token)
    case .symbol(.open):
      advance()
      let inner = deeper { $0.sum() }
      close(opened: token)
      return inner
    case .unreadable:
      advance()
      return nil
    case .end:
      report("unfinished-proxy", token, "the formula ends where a value is missing", fix: "complete it")
      return nil
    case .symbol(.close), .symbol(.comma), .symbol(.plus), .symbol(.times), .symbol(.over):
      missing(token)
      return nil
    default:
      reportForeign()
      advance()
      return nil
    }
  }

  mutating func missing(_ token: ExpressionToken) {
    report(
      "missing-value", token, "there is no value before \(token.words)", fix: "write one, or take the sign out")
  }

  mutating func close(opened token: ExpressionToken) {
    guard !take(.close) else { return }
    report(
      "unbalanced-bracket", current.kind == .end ? token : current,
      current.kind == .end ? "( is not closed" : ") is missing before \(current.words)", fix: "add )")
  }
}

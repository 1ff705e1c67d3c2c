/// Builds an expression from tokens by recursive descent.
struct ExpressionGrammar: TokenGrammar {
  typealias Node = Expression

  static let noun = "expression"
  static let sizeFix = "shorten it, or derive columns for its parts"
  static let depthFix = "use lists with in, or derive columns for parts"

  var cursor: TokenCursor

  init(_ tokens: [ExpressionToken]) { cursor = TokenCursor(tokens) }

  /// The expression that all tokens make.
  mutating func whole() -> Expression? {
    if current.kind == .end {
      report("empty-expression", current, "there is no expression", fix: "write one, such as depth == 4")
      return nil
    }
    let part = alternatives()
    if current.kind != .end { reportTrailing() }
    return part?.expression
  }

  private mutating func reportTrailing() {
    switch current.kind {
    case .symbol(.close), .symbol(.closeList):
      report("unbalanced-bracket", current, "\(current.words) closes nothing", fix: "take it out, or open it before")
    case .symbol(.comma):
      report("unexpected-comma", current, "a comma stands only in lists and calls", fix: "join conditions with and")
    case .name, .number, .text, .symbol(.open), .keyword(.true), .keyword(.false), .keyword(.not):
      report(
        "missing-operator", current, "there is no operator before \(current.words)",
        fix: "join conditions with and or or; names have hyphens, not blanks")
    default:
      report("unexpected-token", current, "\(current.words) cannot stand here", fix: "take it out")
    }
  }

  // MARK: Operators

  mutating func alternatives() -> Part? {
    binary({ $0.conjunction() }) { $0 == .keyword(.or) ? .or : nil }
  }

  private mutating func conjunction() -> Part? {
    binary({ $0.negation() }) { $0 == .keyword(.and) ? .and : nil }
  }

  mutating func negation() -> Part? {
    let token = current
    guard take(.not) else { return comparison() }
    guard let operand = deeper({ $0.negation() }) else { return nil }
    return part(.unary(.not, operand.expression), at: token, over: [operand])
  }

  private mutating func comparison() -> Part? {
    let left = sum()
    let token = current
    if let negated = membershipSign() {
      let list = literals()
      rejectChain()
      guard let left, let list else { return nil }
      return part(.membership(left.expression, list, isNegated: negated), at: token, over: [left])
    }
    guard let comparison = Self.comparison(token.kind) else { return left }
    advance()
    let right = sum()
    rejectChain()
    guard let left, let right else { return nil }
    return part(.binary(comparison, left.expression, right.expression), at: token, over: [left, right])
  }

  /// Takes `in` or `not in`; whether it is negated.
  private mutating func membershipSign() -> Bool? {
    if take(.in) { return false }
    guard current.kind == .keyword(.not), isNext(.keyword(.in)) else { return nil }
    advance()
    advance()
    return true
  }

  private static func comparison(_ kind: ExpressionToken.Kind) -> BinaryOperator? {
    guard case .symbol(let symbol) = kind, let operation = BinaryOperator(rawValue: symbol.rawValue),
      operation.precedence == Precedence.comparison
    else { return nil }
    return operation
  }

  /// Reports a comparison of a comparison and reads over it.
  private mutating func rejectChain() {
    while Self.comparison(current.kind) != nil || current.kind == .keyword(.in) {
      report(
        "chained-comparison", current, "comparisons do not chain",
        fix: "write two and join them: 1 < depth and depth < 4")
      let isList = current.kind == .keyword(.in)
      advance()
      if isList { _ = literals() } else { _ = sum() }
    }
  }

  mutating func sum() -> Part? {
    binary({ $0.product() }) { kind in
      kind == .symbol(.plus) ? .plus : kind == .symbol(.minus) ? .minus : nil
    }
  }

  private mutating func product() -> Part? {
    binary({ $0.signed() }) { kind in
      kind == .symbol(.times) ? .times : kind == .symbol(.over) ? .over : nil
    }
  }

  private mutating func binary(
    _ operand: (inout ExpressionGrammar) -> Part?, _ operation: (ExpressionToken.Kind) -> BinaryOperator?
  ) -> Part? { chain(operand, operation) { .binary($0, $1, $2) } }

  private mutating func signed() -> Part? {
    let token = current
    guard take(.minus) else { return operand() }
    if case .number(let value) = current.kind {
      advance()
      return part(.number(-value), at: token)
    }
    if case .whole(let value) = current.kind {
      advance()
      return part(.whole(-value), at: token)
    }
    guard let operand = deeper({ $0.signed() }) else { return nil }
    return part(.unary(.negative, operand.expression), at: token, over: [operand])
  }
}

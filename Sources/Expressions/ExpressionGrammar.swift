import Diagnostics

/// Builds an expression from tokens by recursive descent. A part that cannot be read is reported and left out (nil), and
/// reading goes on behind it.
struct ExpressionGrammar {
  /// A part with how many levels it has.
  struct Part {
    var expression: Expression
    var height: Int
  }

  private let tokens: [ExpressionToken]
  private var index = 0
  private var nodes = 0
  private var depth = 0
  /// True once reading was given up: problems that would follow from it are not reported.
  private var isOver = false
  private(set) var problems: [ExpressionProblem] = []

  init(_ tokens: [ExpressionToken]) { self.tokens = tokens }

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

  // MARK: Tokens

  var current: ExpressionToken { tokens[index] }

  mutating func advance() { if index + 1 < tokens.count { index += 1 } }

  mutating func take(_ symbol: ExpressionToken.Symbol) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(_ keyword: ExpressionToken.Keyword) -> Bool {
    guard current.kind == .keyword(keyword) else { return false }
    advance()
    return true
  }

  func isNext(_ kind: ExpressionToken.Kind) -> Bool { index + 1 < tokens.count && tokens[index + 1].kind == kind }

  /// Adds a problem, unless something was reported at that place already.
  mutating func report(
    _ id: String, _ token: ExpressionToken, _ message: String, reason: String? = nil, fix: String
  ) {
    guard !isOver, token.kind != .unreadable, !problems.contains(where: { $0.place == token.place }),
      problems.count < ExpressionLimits.problems
    else { return }
    problems.append(ExpressionProblem(id, at: token.place, message, reason: reason, fix: fix))
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

  // MARK: Building

  /// A part with a form, unless it would be over the limits.
  mutating func part(_ form: Expression.Form, at token: ExpressionToken, over parts: [Part] = []) -> Part? {
    let height = 1 + (parts.map(\.height).max() ?? 0)
    nodes += 1
    guard nodes <= ExpressionLimits.nodes else {
      reportOnce(
        "too-large", token, "the expression has over \(ExpressionLimits.nodes) parts",
        fix: "shorten it, or derive columns for its parts")
      return nil
    }
    guard height <= ExpressionLimits.depth else {
      reportTooDeep(token)
      return nil
    }
    return Part(expression: Expression(form, at: token.place), height: height)
  }

  /// Counts a literal of a list.
  mutating func countLiteral() { nodes += 1 }

  private mutating func reportOnce(_ id: String, _ token: ExpressionToken, _ message: String, fix: String) {
    if !problems.contains(where: { $0.id == id }) { report(id, token, message, fix: fix) }
  }

  private mutating func reportTooDeep(_ token: ExpressionToken) {
    reportOnce(
      "nested-too-deep", token, "nested deeper than \(ExpressionLimits.depth) levels",
      fix: "use lists with in, or derive columns for parts")
  }

  /// Reads a part one level down; nil, with everything up to the end passed over, when that is too deep.
  mutating func deeper(_ read: (inout ExpressionGrammar) -> Part?) -> Part? {
    guard depth < ExpressionLimits.depth else {
      reportTooDeep(current)
      isOver = true
      index = tokens.count - 1
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return read(&self)
  }

  // MARK: Operators

  mutating func alternatives() -> Part? {
    chain({ $0.conjunction() }) { $0 == .keyword(.or) ? .or : nil }
  }

  private mutating func conjunction() -> Part? {
    chain({ $0.negation() }) { $0 == .keyword(.and) ? .and : nil }
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
    chain({ $0.product() }) { kind in
      kind == .symbol(.plus) ? .plus : kind == .symbol(.minus) ? .minus : nil
    }
  }

  private mutating func product() -> Part? {
    chain({ $0.signed() }) { kind in
      kind == .symbol(.times) ? .times : kind == .symbol(.over) ? .over : nil
    }
  }

  /// Operands joined by operators of one precedence, from the left.
  private mutating func chain(
    _ operand: (inout ExpressionGrammar) -> Part?, _ operation: (ExpressionToken.Kind) -> BinaryOperator?
  ) -> Part? {
    var left = operand(&self)
    while let sign = operation(current.kind) {
      let token = current
      advance()
      let right = operand(&self)
      if let one = left, let other = right {
        left = part(.binary(sign, one.expression, other.expression), at: token, over: [one, other])
      } else {
        left = nil
      }
    }
    return left
  }

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

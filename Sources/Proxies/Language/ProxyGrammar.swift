import Diagnostics
import Expressions

/// Builds a formula from the tokens of `ExpressionLexer` by recursive descent: sums, products, a sign, then names, numbers, calls
/// and parentheses. A part that cannot be read is reported and left out (nil), and reading goes on behind it.
struct ProxyGrammar {
  /// A part with how many levels it has.
  struct Part {
    var expression: ProxyExpression
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

  // MARK: Tokens

  var current: ExpressionToken { tokens[index] }

  mutating func advance() { if index + 1 < tokens.count { index += 1 } }

  mutating func take(_ symbol: ExpressionToken.Symbol) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
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

  // MARK: Building

  /// A part with a form, unless it would be over the limits.
  mutating func part(_ form: ProxyExpression.Form, at token: ExpressionToken, over parts: [Part] = []) -> Part? {
    let height = 1 + (parts.map(\.height).max() ?? 0)
    nodes += 1
    guard nodes <= ExpressionLimits.nodes else {
      reportOnce("too-large", token, "the formula has over \(ExpressionLimits.nodes) parts", fix: "shorten it")
      return nil
    }
    guard height <= ExpressionLimits.depth else {
      reportTooDeep(token)
      return nil
    }
    return Part(expression: ProxyExpression(form, at: token.place), height: height)
  }

  private mutating func reportOnce(_ id: String, _ token: ExpressionToken, _ message: String, fix: String) {
    if !problems.contains(where: { $0.id == id }) { report(id, token, message, fix: fix) }
  }

  private mutating func reportTooDeep(_ token: ExpressionToken) {
    reportOnce(
      "nested-too-deep", token, "nested deeper than \(ExpressionLimits.depth) levels", fix: "take parentheses out")
  }

  /// Reads a part one level down; nil, with everything up to the end passed over, when that is too deep.
  mutating func deeper(_ read: (inout ProxyGrammar) -> Part?) -> Part? {
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

  mutating func sum() -> Part? {
    chain({ $0.product() }) { kind in
      kind == .symbol(.plus) ? .sum : kind == .symbol(.minus) ? .difference : nil
    }
  }

  private mutating func product() -> Part? {
    chain({ $0.signed() }) { kind in
      kind == .symbol(.times) ? .product : kind == .symbol(.over) ? .quotient : nil
    }
  }

  /// Operands joined by operators of one precedence, from the left.
  private mutating func chain(
    _ operand: (inout ProxyGrammar) -> Part?, _ operation: (ExpressionToken.Kind) -> BinaryOperation?
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

/// The tokens that a grammar reads, how far it has come, and what it found wrong.
package struct TokenCursor: Sendable {
  fileprivate let tokens: [ExpressionToken]
  fileprivate var index = 0
  fileprivate var nodes = 0
  fileprivate var depth = 0
  /// True once reading was given up: problems that would follow from it are not reported.
  fileprivate var isOver = false
  /// Problems in the order in which they were found, at most one at a place.
  package fileprivate(set) var problems: [ExpressionProblem] = []

  /// Stands before the first of the tokens.
  ///
  /// - Precondition: There is at least one; the lexer ends with `end`.
  package init(_ tokens: [ExpressionToken]) { self.tokens = tokens }
}

/// What a grammar makes of tokens: a form at a place.
package protocol GrammarNode {
  associatedtype Form
  init(_ form: Form, at place: Int)
}

/// A part of an expression with how many levels it has.
package struct GrammarPart<Node> {
  package var expression: Node
  package var height: Int
}

/// Reading of tokens by recursive descent. A part that cannot be read is reported and left out (nil), and reading goes on behind
/// it; what is larger or deeper than `ExpressionLimits` is reported once.
package protocol TokenGrammar {
  associatedtype Node: GrammarNode
  var cursor: TokenCursor { get set }
  /// What is read, in messages.
  static var noun: String { get }
  /// What to do about one that is too large.
  static var sizeFix: String { get }
  /// What to do about one that is too deep.
  static var depthFix: String { get }
}

extension TokenGrammar {
  package typealias Part = GrammarPart<Node>

  // MARK: Tokens

  package var problems: [ExpressionProblem] { cursor.problems }
  package var current: ExpressionToken { cursor.tokens[cursor.index] }

  package mutating func advance() { if cursor.index + 1 < cursor.tokens.count { cursor.index += 1 } }

  package mutating func take(_ symbol: ExpressionToken.Symbol) -> Bool { take(kind: .symbol(symbol)) }
  package mutating func take(_ keyword: ExpressionToken.Keyword) -> Bool { take(kind: .keyword(keyword)) }

  private mutating func take(kind: ExpressionToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  package func isNext(_ kind: ExpressionToken.Kind) -> Bool {
    cursor.index + 1 < cursor.tokens.count && cursor.tokens[cursor.index + 1].kind == kind
  }

  // MARK: Problems

  /// Adds a problem, unless something was reported at that place already.
  package mutating func report(
    _ id: String, _ token: ExpressionToken, _ message: String, reason: String? = nil, fix: String
  ) {
    guard !cursor.isOver, token.kind != .unreadable, !problems.contains(where: { $0.place == token.place }),
      problems.count < ExpressionLimits.problems
    else { return }
    cursor.problems.append(ExpressionProblem(id, at: token.place, message, reason: reason, fix: fix))
  }

  private mutating func reportOnce(_ id: String, _ token: ExpressionToken, _ message: String, fix: String) {
    if !problems.contains(where: { $0.id == id }) { report(id, token, message, fix: fix) }
  }

  private mutating func reportTooDeep(_ token: ExpressionToken) {
    reportOnce(
      "nested-too-deep", token, "nested deeper than \(ExpressionLimits.depth) levels", fix: Self.depthFix)
  }

  // MARK: Parts

  /// A part with a form, unless it would be over the limits.
  package mutating func part(_ form: Node.Form, at token: ExpressionToken, over parts: [Part] = []) -> Part? {
    let height = 1 + (parts.map(\.height).max() ?? 0)
    countPart()
    guard cursor.nodes <= ExpressionLimits.nodes else {
      reportOnce(
        "too-large", token, "the \(Self.noun) has over \(ExpressionLimits.nodes) parts", fix: Self.sizeFix)
      return nil
    }
    guard height <= ExpressionLimits.depth else {
      reportTooDeep(token)
      return nil
    }
    return Part(expression: Node(form, at: token.place), height: height)
  }

  /// Counts a part that has no node of its own.
  package mutating func countPart() { cursor.nodes += 1 }

  /// Reads a part one level down; nil, with everything up to the end passed over, when that is too deep.
  package mutating func deeper(_ read: (inout Self) -> Part?) -> Part? {
    guard cursor.depth < ExpressionLimits.depth else {
      reportTooDeep(current)
      cursor.isOver = true
      cursor.index = cursor.tokens.count - 1
      return nil
    }
    cursor.depth += 1
    defer { cursor.depth -= 1 }
    return read(&self)
  }

  /// Operands joined by operators of one precedence, from the left.
  ///
  /// - Parameter form: The form of an operator over the operands on both sides.
  package mutating func chain<Operator>(
    _ operand: (inout Self) -> Part?, _ operation: (ExpressionToken.Kind) -> Operator?,
    _ form: (Operator, Node, Node) -> Node.Form
  ) -> Part? {
    var left = operand(&self)
    while let sign = operation(current.kind) {
      let token = current
      advance()
      let right = operand(&self)
      if let one = left, let other = right {
        left = part(form(sign, one.expression, other.expression), at: token, over: [one, other])
      } else {
        left = nil
      }
    }
    return left
  }
}

import Expressions

/// Holds a formula against the types and scopes of the language, and writes out what it leaves unsaid.
///
/// An input is a matrix in every module, so it has a meaning only inside of `layers` or `modules`. Inside of `layers` and
/// outside of `modules` a number that is made of inputs of one family stands for its mean over the modules of the layer: the
/// checked formula has that `mean(modules, …)` in it.
struct ProxyChecker {
  /// What is known of a part.
  private struct Known {
    var isMatrix: Bool
    /// Families of the inputs that it reads outside of inner scopes.
    var families: Set<ProxyInput.Family> = []
    /// True when `modules` stands in it.
    var hasModules = false
    /// True when it reads an input, in whatever scope.
    var readsInput = false
  }

  private(set) var problems: [ExpressionProblem] = []

  /// The formula written out in full, or its problems in order of place.
  static func check(_ expression: ProxyExpression) -> (expression: ProxyExpression?, problems: [ExpressionProblem]) {
    var checker = ProxyChecker()
    if let known = checker.known(expression, in: nil), !known.readsInput {
      checker.report(
        "reads-nothing", expression.place, "the formula reads nothing of the network",
        fix: "use an input, such as mean(layers, mean(square(head)))")
    }
    guard checker.problems.isEmpty else {
      return (
        nil,
        checker.problems.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
          .map(\.element)
      )
    }
    return (Self.complete(expression), [])
  }

  private mutating func report(_ id: String, _ place: Int, _ message: String, reason: String? = nil, fix: String) {
    guard problems.count < ExpressionLimits.problems else { return }
    problems.append(ExpressionProblem(id, at: place, message, reason: reason, fix: fix))
  }

  /// What a part is; nil when something is wrong with it, which is then among the problems.
  private mutating func known(_ expression: ProxyExpression, in scope: ProxyScope?) -> Known? {
    switch expression.form {
    case .number: return Known(isMatrix: false)
    case .input(let input):
      guard scope != nil else {
        report(
          "outside-of-scope", expression.place, "\(input.rawValue) stands outside of layers and modules",
          reason: "it has a matrix in every module, not one for the network",
          fix: "write mean(layers, …) or mean(modules, …) around the formula with it")
        return nil
      }
      return Known(isMatrix: true, families: [input.family], readsInput: true)
    case .unary(let operation, let operand):
      guard var known = known(operand, in: scope) else { return nil }
      known.isMatrix = known.isMatrix && !operation.givesNumber
      return known
    case .binary(let operation, let left, let right): return binary(expression, operation, left, right, scope)
    case .aggregate(_, let own, let body): return aggregate(expression, own, body, scope)
    }
  }

  private mutating func binary(
    _ expression: ProxyExpression, _ operation: BinaryOperation, _ left: ProxyExpression, _ right: ProxyExpression,
    _ scope: ProxyScope?
  ) -> Known? {
    let (first, second) = (known(left, in: scope), known(right, in: scope))
    guard let first, let second else { return nil }
    if operation == .matmul {
      for (operand, known) in [(left, first), (right, second)] where !known.isMatrix {
        report(
          "wrong-type", operand.place, "matmul needs matrices, and \(Self.shown(operand)) is a number",
          fix: "multiply numbers with *")
        return nil
      }
    }
    let joined = Known(
      isMatrix: first.isMatrix || second.isMatrix, families: first.families.union(second.families),
      hasModules: first.hasModules || second.hasModules, readsInput: first.readsInput || second.readsInput)
    if scope == .layers, joined.isMatrix, joined.families.count > 1 || joined.hasModules {
      report(
        "unpaired-modules", expression.place,
        "\(Self.shown(left)) and \(Self.shown(right)) are not of the same modules",
        reason: "a layer may have several matrices of one input and fewer of another",
        fix:
          "reduce each to a number first, as in mean(head) + mean(activation), or put the formula into mean(modules, …)"
      )
      return nil
    }
    return joined
  }

  private mutating func aggregate(
    _ expression: ProxyExpression, _ own: ProxyScope, _ body: ProxyExpression, _ outer: ProxyScope?
  ) -> Known? {
    if let outer, !(outer == .layers && own == .modules) {
      report(
        "nested-scope", expression.place, "\(own.rawValue) stands inside of \(outer.rawValue)",
        fix: own == outer ? "aggregate once" : "put layers outside and modules inside")
      return nil
    }
    guard let known = known(body, in: own) else { return nil }
    if known.isMatrix {
      report(
        "wrong-type", body.place, "\(Self.shown(body)) is a matrix in every module, not a number",
        fix: "reduce it to a number, such as mean(\(Self.shown(body)))")
      return nil
    }
    guard known.readsInput else {
      report(
        "reads-nothing", body.place, "\(Self.shown(body)) is the same in all \(own.rawValue)",
        reason: "it reads no input", fix: "take it out of the aggregation")
      return nil
    }
    return Known(isMatrix: false, hasModules: own == .modules || known.hasModules, readsInput: true)
  }

  private static func shown(_ expression: ProxyExpression) -> String {
    let text = expression.text
    return text.unicodeScalars.count <= 60 ? text : String(text.prefix(57)) + "…"
  }
}

/// Writing out `mean(modules, …)`.
extension ProxyChecker {
  private static func complete(_ expression: ProxyExpression) -> ProxyExpression {
    switch expression.form {
    case .number, .input, .aggregate(_, .modules, _): expression
    case .unary(let operation, let operand):
      ProxyExpression(.unary(operation, complete(operand)), at: expression.place)
    case .binary(let operation, let left, let right):
      ProxyExpression(.binary(operation, complete(left), complete(right)), at: expression.place)
    case .aggregate(let aggregation, .layers, let body):
      ProxyExpression(.aggregate(aggregation, .layers, overModules(body)), at: expression.place)
    }
  }

  /// A number in a layer, every largest part of which that reads inputs of one family goes over the modules.
  private static func overModules(_ expression: ProxyExpression) -> ProxyExpression {
    var families: Set<ProxyInput.Family> = []
    var hasModules = false
    func visit(_ part: ProxyExpression) {
      switch part.form {
      case .input(let input): families.insert(input.family)
      case .aggregate: hasModules = true
      default: for child in part.children { visit(child) }
      }
    }
    visit(expression)
    if families.isEmpty { return expression }
    if families.count == 1, !hasModules {
      return ProxyExpression(.aggregate(.mean, .modules, expression), at: expression.place)
    }
    switch expression.form {
    case .unary(let operation, let operand):
      return ProxyExpression(.unary(operation, overModules(operand)), at: expression.place)
    case .binary(let operation, let left, let right):
      return ProxyExpression(.binary(operation, overModules(left), overModules(right)), at: expression.place)
    case .number, .input, .aggregate: return expression
    }
  }
}

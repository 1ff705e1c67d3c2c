import Diagnostics
import Expressions

/// Calls, and advice on names that there are not.
extension ProxyGrammar {
  /// An operation, or an aggregation where the first of its arguments is a scope.
  mutating func call(_ name: String, _ token: ExpressionToken) -> Part? {
    let open = current
    advance()
    let scope = scopeArgument()
    var arguments: [Part] = []
    var count = 0
    var isComplete = true
    while current.kind != .symbol(.close), current.kind != .end {
      let before = current.place
      let argument = deeper { $0.sum() }
      count += 1
      if let argument { arguments.append(argument) } else { isComplete = false }
      if !take(.comma) {
        if current.place == before { advance() }
        break
      }
      if current.kind == .symbol(.close) { missing(current) }
    }
    // What ends here is reported as a bracket that is not closed.
    let isUnfinished = count == 0 && current.kind == .end
    close(opened: open)
    if isUnfinished { return nil }
    if let scope { return aggregate(name, scope, count: count, isComplete ? arguments : nil, token) }
    if name == "matmul" {
      guard hasCount(count, 2, name, token), isComplete else { return nil }
      return part(.binary(.matmul, arguments[0].expression, arguments[1].expression), at: token, over: arguments)
    }
    guard let operation = UnaryOperation(rawValue: name) else {
      reportUnknownOperation(name, token)
      return nil
    }
    if count == 2, ProxyAggregation(rawValue: name) != nil {
      guard isComplete else { return nil }
      report(
        "missing-scope", token, "\(name) of two values has no meaning",
        reason: "with two arguments it goes over layers or modules, and the first says over which",
        fix: "write \(name)(layers, …) or \(name)(modules, …)")
      return nil
    }
    guard hasCount(count, 1, name, token), isComplete, let operand = arguments.first else { return nil }
    return part(.unary(operation, operand.expression), at: token, over: arguments)
  }

  /// Takes `layers,` or `modules,`.
  private mutating func scopeArgument() -> ProxyScope? {
    guard case .name(let name) = current.kind, let scope = ProxyScope(rawValue: name), isNext(.symbol(.comma)) else {
      return nil
    }
    advance()
    advance()
    return scope
  }

  private mutating func aggregate(
    _ name: String, _ scope: ProxyScope, count: Int, _ arguments: [Part]?, _ token: ExpressionToken
  ) -> Part? {
    guard let aggregation = ProxyAggregation(rawValue: name) else {
      let names = ProxyAggregation.allCases.map(\.rawValue)
      report(
        "unknown-aggregation", token, "\(name.prefix(80)) does not go over \(scope.rawValue)",
        fix: Suggestion.closest(to: name, in: names).map { "did you mean \($0)(\(scope.rawValue), …)?" }
          ?? "these do: \(names.joined(separator: ", "))")
      return nil
    }
    guard count == 1 else {
      report(
        "argument-count", token, "\(name)(\(scope.rawValue), …) takes one formula, not \(count)",
        fix: "give it one formula")
      return nil
    }
    guard let body = arguments?.first else { return nil }
    return part(.aggregate(aggregation, scope, body.expression), at: token, over: [body])
  }

  private mutating func hasCount(_ count: Int, _ wanted: Int, _ name: String, _ token: ExpressionToken) -> Bool {
    guard count != wanted else { return true }
    let words = wanted == 1 ? "one value" : "two values"
    report("argument-count", token, "\(name) takes \(words), not \(count)", fix: "give it \(words)")
    return false
  }

  private mutating func reportUnknownOperation(_ name: String, _ token: ExpressionToken) {
    let names = UnaryOperation.allCases.map(\.rawValue) + ["matmul"]
    report(
      "unknown-operation", token, "there is no operation \(name.prefix(80))",
      fix: Self.otherNames[name].map { "write \($0)(…)" }
        ?? Suggestion.closest(to: name, in: names).map { "did you mean \($0)?" }
        ?? "the operations are: \(names.joined(separator: ", "))")
  }

  mutating func reportUnknownInput(_ name: String, _ token: ExpressionToken) {
    let names = ProxyInput.allCases.map(\.rawValue)
    let shown = name.prefix(80)
    if ProxyScope(rawValue: name) != nil {
      report(
        "misplaced-scope", token, "\(name) is no value", reason: "it says what an aggregation goes over",
        fix: "write it first in an aggregation, as in mean(\(name), …)")
    } else if UnaryOperation(rawValue: name) != nil {
      report("missing-argument", token, "\(name) is an operation without a value", fix: "write \(name)(…)")
    } else if let difference = Self.difference(name) {
      report(
        "unknown-input", token, "there is no input \(shown)", reason: "a hyphen without blanks is part of a name",
        fix: "write \(difference) to subtract")
    } else {
      report(
        "unknown-input", token, "there is no input \(shown)",
        fix: Self.otherNames[name].map { "write \($0)" }
          ?? Suggestion.closest(to: name, in: names + ProxyScope.allCases.map(\.rawValue)).map { "did you mean \($0)?" }
          ?? "the inputs are: \(names.joined(separator: ", "))")
    }
  }

  /// Names that other work has for what is called otherwise here.
  private static let otherNames = [
    "act": "activation", "activations": "activation", "grad": "gradient", "grads": "gradient", "heads": "head",
    "query": "head", "attention": "softmax", "weights": "weight", "zscore": "z-normalise", "normalize": "z-normalise",
    "z-normalize": "z-normalise", "norm": "frobenius", "fro": "frobenius", "f-norm": "frobenius", "l1-norm": "l1",
    "log-softmax": "logsoftmax", "abs-log": "abslog", "min-max": "minmax", "sd": "std", "average": "mean",
    "avg": "mean",
    "neg": "negate", "inverse": "invert", "mm": "matmul", "dot": "matmul", "no-op": "identity",
  ]

  /// A name as a difference of inputs: `head - activation` for `head-activation`.
  private static func difference(_ name: String) -> String? {
    let words = name.split(separator: "-")
    guard (2...8).contains(words.count), words.allSatisfy({ ProxyInput(rawValue: String($0)) != nil }) else {
      return nil
    }
    return words.joined(separator: " - ")
  }
}

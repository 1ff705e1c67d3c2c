import Diagnostics

/// Names, literals, calls, lists and parentheses.
extension ExpressionGrammar {
  mutating func operand() -> Part? {
    let token = current
    switch token.kind {
    case .number(let value):
      advance()
      return part(.number(value), at: token)
    case .whole(let value):
      advance()
      return part(.whole(value), at: token)
    case .text(let text):
      advance()
      return part(.text(text), at: token)
    case .keyword(.true), .keyword(.false):
      advance()
      return part(.truth(token.kind == .keyword(.true)), at: token)
    case .name(let name):
      advance()
      if current.kind == .symbol(.open) { return call(name, token) }
      if current.kind == .symbol(.point) { return member(name, token) }
      return part(.column(name), at: token)
    case .symbol(.open):
      advance()
      let inner = deeper { $0.alternatives() }
      close(.close, opened: token)
      return inner
    case .unreadable:
      advance()
      return nil
    default:
      return missing(token)
    }
  }

  private mutating func missing(_ token: ExpressionToken) -> Part? {
    switch token.kind {
    case .end:
      report("unfinished-expression", token, "the expression ends where a value is missing", fix: "complete it")
    case .symbol(.close), .symbol(.closeList), .symbol(.comma):
      report("missing-value", token, "there is no value before \(token.words)", fix: "write one, or take the sign out")
    case .symbol(.openList), .symbol(.point), .keyword(.not):
      report(
        "missing-value", token, "\(token.words) stands where a value should",
        reason: token.kind == .symbol(.openList) ? "a list stands only after in" : nil,
        fix: token.kind == .keyword(.not)
          ? "put it into parentheses with what it negates" : "write a number, a quoted text, or the name of a column")
      advance()
      if token.kind == .symbol(.openList) { passList() }
      if token.kind == .keyword(.not) { _ = deeper { $0.negation() } }
    default:
      // The operator is read by the part of the grammar that it belongs to.
      report(
        "missing-value", token, "there is no value before \(token.words)",
        fix: "write a number, a quoted text, or the name of a column")
    }
    return nil
  }

  private mutating func passList() {
    while current.kind != .end, !take(.closeList) { advance() }
  }

  private mutating func close(_ symbol: ExpressionToken.Symbol, opened token: ExpressionToken) {
    guard !take(symbol) else { return }
    report(
      "unbalanced-bracket", current.kind == .end ? token : current,
      current.kind == .end
        ? "\(token.words) is not closed" : "\(symbol.rawValue) is missing before \(current.words)",
      fix: "add \(symbol.rawValue)")
  }

  /// `layer.name`.
  private mutating func member(_ name: String, _ token: ExpressionToken) -> Part? {
    advance()
    guard case .name(let property) = current.kind else {
      report("missing-name", current, "there is no name after \(name).", fix: "write layer.heads, for example")
      return nil
    }
    advance()
    guard name == "layer" else {
      report(
        "not-a-layer", token, "\(name).\(property) has no meaning: only layers have parts",
        fix: "write layer.\(property), or the name of a column")
      return nil
    }
    return part(.layer(LayerColumns.fullName(property)), at: token)
  }

  private mutating func call(_ name: String, _ token: ExpressionToken) -> Part? {
    let open = current
    advance()
    var arguments: [Part] = []
    var count = 0
    var isComplete = true
    while current.kind != .symbol(.close), current.kind != .end {
      let before = current.place
      let argument = deeper { $0.alternatives() }
      count += 1
      if let argument { arguments.append(argument) } else { isComplete = false }
      if !take(.comma) {
        if current.kind == .symbol(.closeList) || current.place == before { advance() }
        break
      }
      if current.kind == .symbol(.close) { _ = missing(current) }
    }
    close(.close, opened: open)
    let isOverLayers = LayerFunction(rawValue: name) != nil && (ExpressionFunction(rawValue: name) == nil || count <= 1)
    if isOverLayers, let function = LayerFunction(rawValue: name) {
      guard checkCount(count, 1...1, name, token), isComplete, let body = arguments.first else { return nil }
      return part(.overLayers(function, body.expression), at: token, over: arguments)
    }
    guard let function = ExpressionFunction(rawValue: name) else {
      reportUnknown(name, token)
      return nil
    }
    guard checkCount(count, function.arity, name, token), isComplete else { return nil }
    return part(.call(function, arguments.map(\.expression)), at: token, over: arguments)
  }

  private mutating func checkCount(
    _ count: Int, _ arity: ClosedRange<Int>, _ name: String, _ token: ExpressionToken
  ) -> Bool {
    guard !arity.contains(count) else { return true }
    let wanted =
      arity.count == 1
      ? "\(arity.lowerBound) value\(arity.lowerBound == 1 ? "" : "s")"
      : "\(arity.lowerBound) to \(arity.upperBound) values"
    report("argument-count", token, "\(name) takes \(wanted), not \(count)", fix: "give it \(wanted)")
    return false
  }

  private mutating func reportUnknown(_ name: String, _ token: ExpressionToken) {
    let known = LayerFunction.allCases.map(\.rawValue) + ExpressionFunction.allCases.map(\.rawValue)
    var names: [String] = []
    for name in known where !names.contains(name) { names.append(name) }
    report(
      "unknown-function", token, "there is no function \(name.prefix(80))",
      fix: Suggestion.closest(to: name, in: names).map { "did you mean \($0)?" }
        ?? "the functions are: \(names.joined(separator: ", "))")
  }

  /// The literals in brackets after `in`; nil when one cannot be read.
  mutating func literals() -> [ExpressionLiteral]? {
    let open = current
    guard take(.openList) else {
      report(
        "missing-list", current, "there is no list after in", reason: "in asks whether a value is one of several",
        fix: "write in [2, 4], for example")
      if current.kind != .end { _ = sum() }
      return nil
    }
    var list: [ExpressionLiteral] = []
    var isComplete = true
    while current.kind != .symbol(.closeList), current.kind != .end {
      if let literal = literal() { list.append(literal) } else { isComplete = false }
      guard take(.comma) else { break }
    }
    close(.closeList, opened: open)
    if list.isEmpty, isComplete {
      report("empty-list", open, "the list is empty", fix: "write values in it, such as [2, 4]")
      return nil
    }
    return isComplete ? list : nil
  }

  private mutating func literal() -> ExpressionLiteral? {
    countPart()
    let token = current
    let isNegative = take(.minus)
    let value = current
    if value.kind != .symbol(.comma), value.kind != .symbol(.closeList) { advance() }
    switch value.kind {
    case .number(let number): return .number(isNegative ? (number == 0 ? 0 : -number) : number)
    case .whole(let number): return .whole(isNegative ? -number : number)
    case .text(let text) where !isNegative: return .text(text)
    case .keyword(.true) where !isNegative: return .truth(true)
    case .keyword(.false) where !isNegative: return .truth(false)
    case .name(let name):
      report(
        "not-a-literal", value, "a list holds numbers, texts and truth values, not \(name.prefix(80))",
        fix: "write \"\(name.prefix(80))\" if it is text")
    default:
      report(
        "not-a-literal", value.kind == .end ? token : value,
        "a list holds numbers, texts and truth values, not \(value.words)", fix: "write one of these")
    }
    return nil
  }
}

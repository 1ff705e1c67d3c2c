import Diagnostics
import Tables

/// Holds expressions against the columns of a table before there are data: names, types, counts over layers.
package struct ExpressionChecker {
  let types: [String: ExpressionType]
  let columnNames: [String]
  let layerTypes: [String: ExpressionType]
  let layerNames: [String]
  private(set) var problems: [ExpressionProblem] = []

  /// Checks against columns.
  package init(columns: [ColumnSchema]) {
    columnNames = columns.map(\.name)
    types = Dictionary(columns.map { ($0.name, ExpressionType($0.type)) }, uniquingKeysWith: { first, _ in first })
    layerNames = LayerColumns.properties(columnNames)
    let names = layerNames
    let all = types
    layerTypes = Dictionary(
      names.compactMap { name in all[LayerColumns.name(name, layer: 1)].map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The problems of an expression, in order of place; empty when it has a type and that is the one wanted.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - wanted: The type that it must have; any when nil.
  ///   - what: A name for the expression in messages, such as `the rule`.
  package static func problems(
    _ expression: Expression, columns: [ColumnSchema], wanted: ExpressionType? = nil, what: String = "the expression"
  ) -> [ExpressionProblem] {
    var checker = ExpressionChecker(columns: columns)
    let type = checker.type(of: expression, isInLayers: false)
    if let type, let wanted, type != wanted {
      checker.report(
        "wrong-type", expression.start, "\(what) is \(type.words), not \(wanted.words)",
        fix: wanted == .truth ? "compare it, such as depth == 4" : "write an expression of \(wanted.words)")
    }
    return checker.problems.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
  }

  /// The type of an expression; nil when something is wrong with it, which is then among the problems.
  mutating func type(of expression: Expression, isInLayers: Bool) -> ExpressionType? {
    switch expression.form {
    case .number, .whole: return .number
    case .text: return .text
    case .truth: return .truth
    case .column(let name):
      if let type = types[name] { return type }
      unknownColumn(name, expression.place)
      return nil
    case .layer(let name): return layer(name, expression.place, isInLayers)
    case .unary(let operation, let operand):
      let wanted: ExpressionType = operation == .not ? .truth : .number
      let type = type(of: operand, isInLayers: isInLayers)
      return need(type, wanted, of: operand, for: operation.rawValue) ? wanted : nil
    case .binary(let operation, let left, let right): return binary(expression, operation, left, right, isInLayers)
    case .membership(let subject, let list, _): return membership(expression, subject, list, isInLayers)
    case .call(let function, let arguments): return call(function, arguments, isInLayers)
    case .overLayers(let function, let body):
      if !Self.usesLayers(body) {
        report(
          "no-layer", expression.place, "\(function.rawValue)(…) names no layer",
          reason: "it goes over the columns layer-1-x, layer-2-x, …, which are written layer.x",
          fix: "write layer.\(layerNames.first ?? "heads") in it, for example")
        return nil
      }
      let type = type(of: body, isInLayers: true)
      return need(type, function.operand, of: body, for: function.rawValue) ? function.type : nil
    }
  }

  private mutating func binary(
    _ expression: Expression, _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ isInLayers: Bool
  ) -> ExpressionType? {
    let (one, other) = (type(of: left, isInLayers: isInLayers), type(of: right, isInLayers: isInLayers))
    switch operation.operands {
    case .truths, .numbers:
      let wanted: ExpressionType = operation.operands == .truths ? .truth : .number
      let isLeftFine = need(one, wanted, of: left, for: operation.rawValue)
      let isRightFine = need(other, wanted, of: right, for: operation.rawValue)
      return isLeftFine && isRightFine ? operation.type : nil
    case .alike:
      guard let one, let other else { return nil }
      guard one != other else { return .truth }
      report(
        "different-types", expression.place, "\(operation.rawValue) compares \(one.words) with \(other.words)",
        fix: Self.adviceOnTypes(left, one, right, other))
      return nil
    }
  }

  private static func adviceOnTypes(
    _ left: Expression, _ one: ExpressionType, _ right: Expression, _ other: ExpressionType
  ) -> String {
    for (literal, type) in [(left, other), (right, one)] {
      if case .text(let text) = literal.form, type == .number, Double(text) != nil {
        return "write \(text) without quotes"
      }
      switch literal.form {
      case .number where type == .text, .whole where type == .text: return "write \"\(literal.text)\" in quotes"
      default: break
      }
      if case .text(let text) = literal.form, type == .truth, text == "true" || text == "false" {
        return "write \(text) without quotes"
      }
    }
    return "compare two values of one type"
  }

  private mutating func membership(
    _ expression: Expression, _ subject: Expression, _ list: [ExpressionLiteral], _ isInLayers: Bool
  ) -> ExpressionType? {
    guard let type = type(of: subject, isInLayers: isInLayers) else { return nil }
    let others = list.filter { $0.type != type }
    guard let other = others.first else { return .truth }
    report(
      "different-types", expression.place, "in looks for \(type.words) in a list with \(other.type.words)",
      fix: type == .text ? "write the list's words in quotes" : "write values of one type")
    return nil
  }

  private mutating func call(
    _ function: ExpressionFunction, _ arguments: [Expression], _ isInLayers: Bool
  ) -> ExpressionType? {
    // A function over rows has one value in a row, whatever the layer.
    let found = arguments.map { type(of: $0, isInLayers: isInLayers && !function.isOverRows) }
    switch function {
    case .defined: return found.contains(nil) ? nil : .truth
    case .if:
      guard found.count == 3, need(found[0], .truth, of: arguments[0], for: "if") else { return nil }
      guard let one = found[1], let other = found[2] else { return nil }
      guard one != other else { return one }
      report(
        "different-types", arguments[2].start, "if gives \(one.words) in one case and \(other.words) in the other",
        fix: "give values of one type")
      return nil
    default:
      var isFine = true
      for (index, (argument, type)) in zip(arguments, found).enumerated() {
        let wanted = function.textOperands.map { index < $0.count ? $0[index] : .number } ?? .number
        isFine = need(type, wanted, of: argument, for: function.rawValue) && isFine
      }
      if isFine, function == .matches { isFine = checkPattern(arguments) }
      return isFine ? function.type : nil
    }
  }

  /// True when the second argument is a pattern.
  private mutating func checkPattern(_ arguments: [Expression]) -> Bool {
    guard arguments.count == 2 else { return false }
    guard case .text(let text) = arguments[1].form else {
      report(
        "pattern-not-text", arguments[1].start, "the pattern of matches is not a text in quotes",
        fix: "write it, such as matches(cell, \"conv_[13]x[13]\")")
      return false
    }
    do throws(TextPattern.Fault) {
      _ = try TextPattern(text)
      return true
    } catch {
      report(
        "bad-pattern", arguments[1].start, error.message, fix: "write \\ before a sign that stands for itself")
      return false
    }
  }

  private mutating func layer(_ name: String, _ place: Int, _ isInLayers: Bool) -> ExpressionType? {
    guard isInLayers else {
      report(
        "layer-outside", place, "layer.\(name) stands outside of a count over layers",
        reason: "it has a value for each layer, not one for the architecture",
        fix: "write any(layer.\(name) …), count(…), or layer-1-\(name) for one layer")
      return nil
    }
    if let type = layerTypes[name] { return type }
    report(
      "unknown-layer-column", place, "there are no columns layer-1-\(name), layer-2-\(name), …",
      fix: Suggestion.closest(to: name, in: layerNames).map { "did you mean layer.\($0)?" }
        ?? (layerNames.isEmpty
          ? "name columns without layer."
          : "there are: \(layerNames.prefix(12).map { "layer.\($0)" }.joined(separator: ", "))"))
    return nil
  }

  /// True when an operand has the wanted type. Another type is reported here; what has none was reported before.
  private mutating func need(
    _ type: ExpressionType?, _ wanted: ExpressionType, of operand: Expression, for user: String
  ) -> Bool {
    guard let type else { return false }
    guard type != wanted else { return true }
    report(
      "wrong-type", operand.start, "\(user) needs \(wanted.words), and \(Self.shown(operand)) is \(type.words)",
      fix: wanted == .truth ? "compare it, such as \(Self.shown(operand)) == …" : "use \(wanted.words)")
    return false
  }

  static func shown(_ expression: Expression) -> String {
    let text = expression.text
    return text.unicodeScalars.count <= 60 ? text : String(text.prefix(57)) + "…"
  }

  private static func usesLayers(_ body: Expression) -> Bool {
    switch body.form {
    case .layer: true
    case .overLayers: false
    default: body.children.contains { usesLayers($0) }
    }
  }

  mutating func report(_ id: String, _ place: Int, _ message: String, reason: String? = nil, fix: String) {
    guard problems.count < ExpressionLimits.problems else { return }
    problems.append(ExpressionProblem(id, at: place, message, reason: reason, fix: fix))
  }
}

extension ExpressionLiteral {
  var type: ExpressionType {
    switch self {
    case .number, .whole: .number
    case .text: .text
    case .truth: .truth
    }
  }
}

/// Advice on names that no column has.
extension ExpressionChecker {
  mutating func unknownColumn(_ name: String, _ place: Int) {
    let shown = name.prefix(80)
    if let difference = difference(name) {
      report(
        "unknown-column", place, "there is no column \(shown)",
        reason: "a hyphen without blanks is part of a name", fix: "write \(difference) to subtract")
    } else if let close = Suggestion.closest(to: name, in: columnNames) {
      report("unknown-column", place, "there is no column \(shown)", fix: "did you mean \(close)?")
    } else if name == "layer" {
      report(
        "unknown-column", place, "there is no column layer", fix: "write layer.\(layerNames.first ?? "x") in a count")
    } else {
      report(
        "unknown-column", place, "there is no column \(shown)",
        reason: "words without quotes are names of columns",
        fix: Suggestion.listing(columnNames).map { "write text in quotes; the columns are: \($0)" }
          ?? "the table has no columns")
    }
  }

  /// The name as a difference of columns and numbers: `a - b` for `a-b` when there are columns a and b; the longest
  /// names first. Nil when some part is neither.
  private func difference(_ name: String) -> String? {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...16).contains(words.count) else { return nil }
    // The parts of the words from each place on.
    var rest = [[String]?](repeating: nil, count: words.count + 1)
    rest[words.count] = []
    for start in words.indices.reversed() {
      for end in ((start + 1)...words.count).reversed() {
        let part = words[start..<end].joined(separator: "-")
        if let following = rest[end], types[part] != nil || Double(part)?.isFinite == true {
          rest[start] = [part] + following
          break
        }
      }
    }
    return rest[0].flatMap { $0.count >= 2 ? $0.joined(separator: " - ") : nil }
  }
}

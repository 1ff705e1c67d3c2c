import Tables

/// Evaluation over the rows of a table.
extension Expression {
  /// The value in every row of a table. Total: a cell without a value, a division by zero, a number that is not finite, a
  /// name or type that does not fit make a value undefined, with the reason; `and`, `or`, `any` and `all` follow Kleene's
  /// logic. O(rows · parts · layers).
  package func values(in table: Table) -> [ExpressionValue] {
    let program = ExpressionProgram(self, in: table)
    return (0..<table.rowCount).map { program.value(row: $0) }
  }
}

/// An expression with the values of its columns, and of its counts over layers, by row.
struct ExpressionProgram {
  private indirect enum Node {
    case constant(ExpressionValue)
    case values([ExpressionValue])
    /// By layer, then by row.
    case layers([[ExpressionValue]])
    case unary(UnaryOperator, Node)
    case binary(BinaryOperator, Node, Node)
    case membership(Node, Set<ExpressionValue>, isNegated: Bool)
    case call(ExpressionFunction, [Node])
    case matches(Node, TextPattern)
  }

  private var root = Node.constant(.undefined("nothing"))

  init(_ expression: Expression, in table: Table) { root = Self.node(expression, table) }

  func value(row: Int) -> ExpressionValue { Self.value(root, row, layer: 0) }

  private static func node(_ expression: Expression, _ table: Table) -> Node {
    switch expression.form {
    case .number(let value): .constant(.number(value))
    case .whole(let value): .constant(.exact(value))
    case .text(let text): .constant(.text(text))
    case .truth(let isTrue): .constant(.truth(isTrue))
    case .column(let name):
      column(name, table).map { .values($0) } ?? .constant(.undefined("there is no column \(name)"))
    case .layer(let name): .layers(layers(name, table))
    case .unary(let operation, let operand): .unary(operation, node(operand, table))
    case .binary(let operation, let left, let right): .binary(operation, node(left, table), node(right, table))
    case .membership(let subject, let list, let isNegated):
      .membership(node(subject, table), Set(list.map { ExpressionValue($0) }), isNegated: isNegated)
    case .call(let function, let arguments) where function.isOverRows && arguments.count == 1:
      .values(overRows(function, arguments[0], table))
    case .call(.matches, let arguments): matches(arguments, table)
    case .call(let function, let arguments): .call(function, arguments.map { node($0, table) })
    case .overLayers(let function, let body): .values(overLayers(function, body, table))
    }
  }

  private static func matches(_ arguments: [Expression], _ table: Table) -> Node {
    guard arguments.count == 2, case .text(let text) = arguments[1].form, let pattern = try? TextPattern(text) else {
      return .constant(.undefined("there is no pattern"))
    }
    return .matches(node(arguments[0], table), pattern)
  }

  private static func column(_ name: String, _ table: Table) -> [ExpressionValue]? {
    table[name].map { column in (0..<table.rowCount).map { ExpressionValue(column[$0], column: name) } }
  }

  private static func layers(_ name: String, _ table: Table) -> [[ExpressionValue]] {
    var layers: [[ExpressionValue]] = []
    while layers.count < LayerColumns.limit,
      let values = column(LayerColumns.name(name, layer: layers.count + 1), table)
    {
      layers.append(values)
    }
    return layers
  }

  private static func overRows(_ function: ExpressionFunction, _ argument: Expression, _ table: Table)
    -> [ExpressionValue]
  {
    let node = node(argument, table)
    return function.values(overRows: (0..<table.rowCount).map { value(node, $0, layer: 0) })
  }

  /// A count over layers is computed once for each row, also inside of another, which it does not depend on.
  private static func overLayers(_ function: LayerFunction, _ body: Expression, _ table: Table) -> [ExpressionValue] {
    let node = node(body, table)
    let names = ownLayerNames(body)
    let columns = names.map { name in
      (1...LayerColumns.limit).prefix { table[LayerColumns.name(name, layer: $0)] != nil }
        .compactMap { table[LayerColumns.name(name, layer: $0)] }
    }
    let count = columns.map(\.count).max() ?? 0
    let absent = Cell.undefined(Cell.noSuchLayer)
    return (0..<table.rowCount).map { row in
      let existing = (0..<count).filter { layer in
        columns.contains { layer < $0.count && $0[layer][row] != absent }
      }
      return function.value(existing.map { value(node, row, layer: $0) })
    }
  }

  /// The names after `layer.` outside of inner counts.
  private static func ownLayerNames(_ body: Expression) -> [String] {
    switch body.form {
    case .layer(let name): return [name]
    case .overLayers: return []
    default:
      var names: [String] = []
      for name in body.children.flatMap({ ownLayerNames($0) }) where !names.contains(name) { names.append(name) }
      return names
    }
  }

  private static func value(_ node: Node, _ row: Int, layer: Int) -> ExpressionValue {
    switch node {
    case .constant(let value): return value
    case .values(let values): return values[row]
    case .layers(let layers): return layer < layers.count ? layers[layer][row] : .undefined(Cell.noSuchLayer)
    case .unary(let operation, let operand): return unary(operation, value(operand, row, layer: layer))
    case .binary(let operation, let left, let right):
      return binary(operation, value(left, row, layer: layer), value(right, row, layer: layer))
    case .membership(let subject, let list, let isNegated):
      let value = value(subject, row, layer: layer)
      if case .undefined = value { return value }
      return .truth(list.contains(value) != isNegated)
    case .call(let function, let arguments): return call(function, arguments, row, layer)
    case .matches(let argument, let pattern):
      switch value(argument, row, layer: layer) {
      case .text(let text): return .truth(pattern.matches(text))
      case .undefined(let reason): return .undefined(reason)
      case .number, .whole, .truth: return .undefined("not text")
      }
    }
  }

  private static func unary(_ operation: UnaryOperator, _ value: ExpressionValue) -> ExpressionValue {
    switch (operation, value) {
    case (_, .undefined): value
    case (.not, .truth(let isTrue)): .truth(!isTrue)
    case (.not, _): .undefined("not true or false")
    case (.negative, .number(let number)): .number(number == 0 ? 0 : -number)
    case (.negative, .whole): .arithmetic(.minus, .number(0), value)
    case (.negative, _): .undefined("not a number")
    }
  }

  private static func binary(
    _ operation: BinaryOperator, _ left: ExpressionValue, _ right: ExpressionValue
  ) -> ExpressionValue {
    if operation == .and { return left.and(right) }
    if operation == .or { return left.or(right) }
    if case .undefined = left { return left }
    if case .undefined = right { return right }
    if operation == .equal || operation == .unequal {
      switch (left, right) {
      case (.number, .number), (.number, .whole), (.whole, .number), (.whole, .whole), (.text, .text), (.truth, .truth):
        return .truth((left == right) == (operation == .equal))
      default: return .undefined("values of different types")
      }
    }
    guard let isLess = ExpressionValue.isLess(left, right), let isGreater = ExpressionValue.isLess(right, left) else {
      return .undefined("not a number")
    }
    switch operation {
    case .less: return .truth(isLess)
    case .atMost: return .truth(!isGreater)
    case .greater: return .truth(isGreater)
    case .atLeast: return .truth(!isLess)
    case .plus, .minus, .times, .over: return .arithmetic(operation, left, right)
    case .or, .and, .equal, .unequal: return .undefined("not a number")
    }
  }

  private static func call(
    _ function: ExpressionFunction, _ arguments: [Node], _ row: Int, _ layer: Int
  ) -> ExpressionValue {
    switch function {
    case .if:
      guard arguments.count == 3 else { return .undefined("if takes three values") }
      switch value(arguments[0], row, layer: layer).truthOrReason {
      case .truth(let isTrue): return value(arguments[isTrue ? 1 : 2], row, layer: layer)
      case let reason: return reason
      }
    case .defined:
      guard let argument = arguments.first else { return .undefined("defined takes a value") }
      if case .undefined = value(argument, row, layer: layer) { return .truth(false) }
      return .truth(true)
    default:
      guard function.arity.contains(arguments.count) else { return .undefined("a wrong number of values") }
      if function.textOperands != nil {
        let values = arguments.map { value($0, row, layer: layer) }
        for case .undefined(let reason) in values { return .undefined(reason) }
        return function.value(ofTexts: values)
      }
      var numbers: [ExpressionValue] = []
      for argument in arguments {
        let number = value(argument, row, layer: layer)
        switch number {
        case .number, .whole: numbers.append(number)
        case .undefined: return number
        case .text, .truth: return .undefined("not a number")
        }
      }
      return function.value(numbers)
    }
  }
}

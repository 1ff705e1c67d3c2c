import Tables

/// A column made by an expression.
package struct DerivedColumn: Sendable, Hashable {
  /// Name, type and meaning; the type is that of the expression.
  package var schema: ColumnSchema
  package var expression: Expression

  /// Creates a column; its type follows from the expression and the columns that it uses: text, truth values, whole numbers
  /// where sums, differences, products, counts and rounding leave no others, or real numbers. Nil when the expression does
  /// not fit the columns.
  package init?(
    name: String, title: String? = nil, role: ColumnRole = .feature, better: Direction? = nil, expression: Expression,
    columns: [ColumnSchema]
  ) {
    var checker = ExpressionChecker(columns: columns)
    guard let type = checker.type(of: expression, isInLayers: false) else { return nil }
    let columnType: ColumnType
    switch type {
    case .text: columnType = .text
    case .truth: columnType = .boolean
    case .number: columnType = expression.isWhole(columns) ? .integer : .real
    }
    schema = ColumnSchema(
      name: name, type: columnType, title: title, role: role, better: better, summary: expression.text)
    self.expression = expression
  }

  /// The column for a table's rows. Whole numbers keep their value; one beyond 64 bits is undefined.
  package func column(in table: Table) -> Column {
    let values = expression.values(in: table)
    var undefined: [Int: String] = [:]
    func read<Value>(_ placeholder: Value, _ take: (ExpressionValue) -> Value?) -> [Value] {
      values.enumerated().map { row, value in
        if let taken = take(value) { return taken }
        if case .undefined(let reason) = value {
          undefined[row] = reason
        } else {
          undefined[row] = "of another type, or too large for a whole number"
        }
        return placeholder
      }
    }
    let storage: Column.Storage
    switch schema.type {
    case .text: storage = .text(read("") { if case .text(let text) = $0 { text } else { nil } })
    case .boolean: storage = .boolean(read(false) { $0.truth })
    case .real: storage = .real(read(0) { $0.number })
    case .integer:
      storage = .integer(read(0) { $0.integer })
    }
    return Column(schema: schema, storage: storage, undefined: undefined)
  }
}

extension Expression {
  /// Whether its numbers are whole whatever the rows, given the types of columns.
  func isWhole(_ columns: [ColumnSchema]) -> Bool {
    func isWhole(_ name: String) -> Bool { columns.first { $0.name == name }?.type == .integer }
    switch form {
    case .number(let value): return Int(exactly: value) != nil
    case .whole: return true
    case .column(let name): return isWhole(name)
    case .layer(let name):
      return (1...LayerColumns.limit).map { LayerColumns.name(name, layer: $0) }
        .prefix { name in columns.contains { $0.name == name } }.allSatisfy { isWhole($0) }
    case .unary(.negative, let operand): return operand.isWhole(columns)
    case .binary(let operation, let left, let right):
      return [.plus, .minus, .times].contains(operation) && left.isWhole(columns) && right.isWhole(columns)
    case .call(.if, let arguments): return arguments.dropFirst().allSatisfy { $0.isWhole(columns) }
    case .call(let function, let arguments):
      return function.makesWholeNumbers || function.keepsWholeNumbers && arguments.allSatisfy { $0.isWhole(columns) }
    case .overLayers(let function, let body):
      return function == .count || [.sum, .min, .max].contains(function) && body.isWhole(columns)
    case .text, .truth, .unary, .membership: return false
    }
  }
}

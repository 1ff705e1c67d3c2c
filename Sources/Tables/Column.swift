/// One value of a table, or why there is none.
package enum Cell: Sendable, Hashable {
  /// Text.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A finite real number.
  case real(Double)
  /// A truth value.
  case boolean(Bool)
  /// No value, with the reason.
  case undefined(String)
}

/// A typed column of a table. A real value is always finite; a row without a value carries the reason.
package struct Column: Sendable, Hashable {
  /// The values; the entry of a row without a value is a placeholder that nothing reads.
  package enum Storage: Sendable, Hashable {
    /// Text.
    case text([String])
    /// Whole numbers.
    case integer([Int])
    /// Real numbers.
    case real([Double])
    /// Truth values.
    case boolean([Bool])
  }

  /// Name, type and meaning.
  package var schema: ColumnSchema
  /// The values.
  package let storage: Storage
  /// Row → why it has no value.
  package let undefined: [Int: String]

  /// Creates a column. Real values that are not finite become undefined with the reason "not a finite number".
  ///
  /// - Precondition: The storage's type is the schema's, and the rows in `undefined` exist.
  package init(schema: ColumnSchema, storage: Storage, undefined: [Int: String] = [:]) {
    precondition(storage.type == schema.type, "column \(schema.name) is \(schema.type), its storage \(storage.type)")
    precondition(undefined.keys.allSatisfy { $0 >= 0 && $0 < storage.count }, "undefined rows exist")
    self.schema = schema
    var reasons = undefined
    if case .real(var values) = storage {
      var changed = false
      for row in values.indices where !values[row].isFinite {
        if reasons[row] == nil { reasons[row] = "not a finite number" }
        values[row] = 0
        changed = true
      }
      self.storage = changed ? .real(values) : storage
    } else {
      self.storage = storage
    }
    self.undefined = reasons
  }

  /// The number of rows.
  package var count: Int { storage.count }

  /// The value of a row.
  package subscript(row: Int) -> Cell {
    if let reason = undefined[row] { return .undefined(reason) }
    return switch storage {
    case .text(let values): .text(values[row])
    case .integer(let values): .integer(values[row])
    case .real(let values): .real(values[row])
    case .boolean(let values): .boolean(values[row])
    }
  }

  /// The values as numbers (true is 1, false is 0); nil where there is none and for every row of a text column.
  ///
  /// Different whole numbers give different numbers in the same order, also where no Double equals them: beyond 2⁵³ each is
  /// the nearest Double that is larger than those of all smaller ones. What needs their values takes `offsets`, or asks
  /// `isExact`.
  package var numbers: [Double?] {
    var result: [Double?] =
      switch storage {
      case .text(let values): Array(repeating: nil, count: values.count)
      case .integer(let values): isExact ? values.map { Double($0) } : ordered(values)
      case .real(let values): values
      case .boolean(let values): values.map { $0 ? 1 : 0 }
      }
    for row in undefined.keys { result[row] = nil }
    return result
  }

  /// The values as text for people and for keys; nil where there is none.
  package func text(_ row: Int) -> String? {
    switch self[row] {
    case .text(let value): value
    case .integer(let value): String(value)
    case .real(let value): "\(value)"
    case .boolean(let value): value ? "true" : "false"
    case .undefined: nil
    }
  }

  /// The column with the given rows, in that order; a row may come more than once.
  package func selecting(rows: [Int]) -> Column {
    let picked: Storage =
      switch storage {
      case .text(let values): .text(rows.map { values[$0] })
      case .integer(let values): .integer(rows.map { values[$0] })
      case .real(let values): .real(rows.map { values[$0] })
      case .boolean(let values): .boolean(rows.map { values[$0] })
      }
    var reasons: [Int: String] = [:]
    if !undefined.isEmpty {
      for (index, row) in rows.enumerated() { reasons[index] = undefined[row] }
    }
    return Column(schema: schema, storage: picked, undefined: reasons)
  }
}

extension Column.Storage {
  /// The type of the values.
  package var type: ColumnType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .real: .real
    case .boolean: .boolean
    }
  }

  /// The number of values.
  package var count: Int {
    switch self {
    case .text(let values): values.count
    case .integer(let values): values.count
    case .real(let values): values.count
    case .boolean(let values): values.count
    }
  }
}

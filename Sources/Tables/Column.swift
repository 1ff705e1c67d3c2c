/// One value of a table, or the reason why there is none.
package enum Cell: Sendable, Hashable {
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A finite real number.
  case real(Double)
  /// A truth value.
  case boolean(Bool)
  /// No value, with the reason.
  case undefined(String)

  /// The reason of a cell in a column such as `layer-4-heads` where the row's architecture has fewer layers. Counts over
  /// layers pass such layers by; a cell undefined for another reason makes them undefined.
  package static let noSuchLayer = "no such layer"
}

/// A typed column of a table. A real value is always finite; a row without a value carries the reason.
package struct Column: Sendable, Hashable {
  /// The values; the entry of a row without a value is a placeholder that nothing reads.
  package enum Storage: Sendable, Hashable {
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
  package let storage: Storage
  /// The reasons of the rows that have no value, by index of the row.
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

/// Whole numbers beyond 2⁵³, which not all have a Double that equals them.
extension Column {
  private static let limit = 1 << 53

  /// The words for the values of a column that is not exact.
  package static let beyondExact = "whole numbers beyond 2^53 (9,007,199,254,740,992) that no double equals"

  /// True when every value that is a number equals a Double.
  package var isExact: Bool {
    guard case .integer(let values) = storage else { return true }
    return values.indices.allSatisfy { row in
      values[row].magnitude <= Self.limit || undefined[row] != nil || Int(exactly: Double(values[row])) == values[row]
    }
  }

  /// The values as numbers less an origin, so that differences, ranks and coefficients of whole numbers are exact. The origin
  /// is 0 but for columns of whole numbers that are not exact as Doubles and lie within 2⁵³ of one another: there it is the
  /// smallest. Of columns with a wider range the numbers are those of `numbers`: their order is exact, differences are
  /// rounded.
  package var offsets: (origin: Int, values: [Double?]) {
    guard !isExact, case .integer(let all) = storage else { return (0, numbers) }
    let rows = all.indices.filter { undefined[$0] == nil }
    guard let least = rows.map({ all[$0] }).min(), let greatest = rows.map({ all[$0] }).max() else {
      return (0, numbers)
    }
    let range = greatest.subtractingReportingOverflow(least)
    guard !range.overflow, range.partialValue <= Self.limit else { return (0, numbers) }
    var values = [Double?](repeating: nil, count: all.count)
    for row in rows { values[row] = Double(all[row] - least) }
    return (least, values)
  }

  /// The nearest Doubles, larger ones where two whole numbers have the same. O(n log n).
  func ordered(_ values: [Int]) -> [Double?] {
    var numbers: [Int: Double] = [:]
    var last = -Double.infinity
    for value in Set(values.indices.filter { undefined[$0] == nil }.map { values[$0] }).sorted() {
      last = max(Double(value), last.nextUp)
      numbers[value] = last
    }
    return values.map { numbers[$0] }
  }
}

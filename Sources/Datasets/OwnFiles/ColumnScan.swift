import Diagnostics
import Tables

/// Reads the cells of a column of a file: finds their type, or holds them against the one that is stated.
struct ColumnScan {
  /// The values; placeholders where there is none.
  private(set) var storage: Column.Storage
  /// The reasons of rows without a value.
  private(set) var undefined: [Int: String] = [:]
  /// Rows whose cell is not of the column's type.
  private(set) var bad: [Int] = []
  /// Numbers of missing cells by what stands in them.
  private(set) var missing: [String: Int] = [:]
  /// Number of values that differ, up to 1000.
  private(set) var distinctCount = 0
  /// True when every row has a value, and no two the same.
  private(set) var isUnique = false

  /// A column of which at least so large a part is numbers is one of numbers, and the rest is bad.
  private static let leastShare = 0.5

  /// Reads a column.
  ///
  /// - Parameters:
  ///   - type: The type that the spec states; found out when nil.
  ///   - point: The sign before decimals.
  init(_ table: RawTable, _ column: Int, type: ColumnType?, missing texts: MissingTexts, point: UInt8) {
    storage = .text([])
    switch type {
    case .text: readTexts(table, column, texts)
    case .boolean: readTruths(table, column, texts)
    case .integer, .real: readNumbers(table, column, texts, point, type)
    case nil:
      readNumbers(table, column, texts, point, nil)
      let values = table.rowCount - undefined.count
      guard values > 0 else { break }
      if Double(values - bad.count) < Double(values) * Self.leastShare {
        readTruths(table, column, texts)
        if !bad.isEmpty { readTexts(table, column, texts) }
      }
    }
    count()
  }

  private mutating func reset() { (undefined, bad, missing) = ([:], [], [:]) }

  private mutating func leaveOut(_ row: Int, _ reason: String, _ text: String) {
    undefined[row] = reason
    missing[text, default: 0] += 1
  }

  private mutating func readNumbers(
    _ table: RawTable, _ column: Int, _ texts: MissingTexts, _ point: UInt8, _ type: ColumnType?
  ) {
    reset()
    var wholes: [Int] = []
    var reals: [Double] = []
    reals.reserveCapacity(table.rowCount)
    wholes.reserveCapacity(table.rowCount)
    // Whole numbers beyond 2⁵³ are kept as such; in a column of reals they cannot be.
    var isWhole = type != .real
    var large: [Int] = []
    table.forEach(inColumn: column) { row, bytes, kind in
      reals.append(0)
      if isWhole { wholes.append(0) }
      if kind == .missing { return leaveOut(row, "no value in the file", "nothing") }
      if kind != .text, let value = DecimalText.real(bytes, point: point) {
        if texts.sentinels.contains(value) {
          let text = String(decoding: bytes, as: UTF8.self)
          return leaveOut(row, MissingTexts.reason(text), text)
        }
        let isLarge = value.magnitude >= 0x1p53 && DecimalText.isDigits(bytes)
        guard value.isFinite || isLarge else {
          return leaveOut(row, "too large for a number", String(decoding: bytes.prefix(20), as: UTF8.self))
        }
        reals[row] = value
        if isLarge { large.append(row) }
        guard isWhole else { return }
        if let whole = DecimalText.whole(bytes, point: point) {
          wholes[row] = whole
        } else if type == .integer || isLarge {
          bad.append(row)
        } else {
          isWhole = false
          wholes = []
        }
        return
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if let reason = texts.reason(ofNumber: text) {
        leaveOut(row, reason, text)
      } else {
        bad.append(row)
      }
    }
    let values = table.rowCount - undefined.count
    if isWhole, values > 0 || type == .integer {
      storage = .integer(wholes)
    } else {
      storage = .real(reals)
      let inexact = large.filter { row in
        let text = String(decoding: table.bytes(row, column), as: UTF8.self).trimmingBlanks()
        return Int(text).map { Int(exactly: Double($0)) != $0 } ?? true
      }
      bad = Set(bad).union(inexact).sorted()
    }
  }

  private mutating func readTruths(_ table: RawTable, _ column: Int, _ texts: MissingTexts) {
    reset()
    var values: [Bool] = []
    table.forEach(inColumn: column) { row, bytes, kind in
      values.append(false)
      let text = String(decoding: bytes, as: UTF8.self)
      switch text {
      case "true", "True", "TRUE": values[row] = true
      case "false", "False", "FALSE": break
      default:
        if kind == .missing {
          leaveOut(row, "no value in the file", "nothing")
        } else if let reason = texts.reason(ofNumber: text) {
          leaveOut(row, reason, text)
        } else {
          bad.append(row)
        }
      }
    }
    storage = .boolean(values)
  }

  private mutating func readTexts(_ table: RawTable, _ column: Int, _ texts: MissingTexts) {
    reset()
    var values: [String] = []
    values.reserveCapacity(table.rowCount)
    table.forEach(inColumn: column) { row, bytes, kind in
      let text = String(decoding: bytes, as: UTF8.self)
      if kind == .missing {
        leaveOut(row, "no value in the file", "nothing")
        values.append("")
      } else if let reason = texts.reason(ofText: text) {
        leaveOut(row, reason, text)
        values.append("")
      } else {
        values.append(text)
      }
    }
    storage = .text(values)
  }

  /// Counts the values that differ.
  private mutating func count() {
    func count<Value: Hashable>(_ values: [Value], all: Bool) -> Int {
      var seen: Set<Value> = []
      for (row, value) in values.enumerated() where undefined[row] == nil {
        seen.insert(value)
        if !all, seen.count >= 1000 { break }
      }
      return seen.count
    }
    let rows = storage.count
    let isWhole = undefined.isEmpty && bad.isEmpty
    switch storage {
    case .text(let values): distinctCount = count(values, all: isWhole)
    case .integer(let values): distinctCount = count(values, all: isWhole)
    case .real(let values): distinctCount = count(values, all: false)
    case .boolean(let values): distinctCount = count(values, all: false)
    }
    isUnique = isWhole && rows > 0 && distinctCount == rows
  }

  /// The column with a schema; rows that are left out are passed by.
  func column(_ schema: ColumnSchema) -> Column { Column(schema: schema, storage: storage, undefined: undefined) }
}

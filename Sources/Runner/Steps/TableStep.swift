import Documents
import Expressions
import Measurements
import Outcomes
import Pipeline
import Sections
import Specs
import Tables

/// The rows of a table that have no partner in a join.
struct JoinRecord: Codable, Sendable, Equatable {
  /// Number of such rows, before `rows` of the spec selects any.
  var unmatched: Int
  /// True when they stay, with undefined values in the joined columns; false when they are left out.
  var kept: Bool
}

/// The rows that do not meet a condition of the analysis.
struct ConditionRecord: Codable, Sendable, Equatable {
  /// The condition, such as `depth >= 4`.
  var condition: String
  /// Number of rows that meet the conditions before this one, and not this one.
  var leftOut: Int
}

/// The conditions of the analysis on the rows of a table, in their order.
struct ConditionRecords: Codable, Sendable, Equatable {
  var conditions: [ConditionRecord]
}

/// Derives columns, joins, selects rows and numbers units in a column `cluster`. With joins, a second artifact has a
/// `JoinRecord` for each, by the dataset that was joined; with conditions on rows, another is `ConditionRecords`.
struct TableStep: SynchronousStep {
  /// The artifact about joins.
  static let joinsArtifact = "joins"
  /// The artifact about conditions.
  static let conditionsArtifact = "conditions"

  let table: ResolvedTable
  let use: DatasetUse
  let kind = StepKind("table", version: 5)

  var name: String { "table/\(table.name)" }

  var parameters: JSONValue {
    let derived = [table.derivedBeforeJoins, table.derivedAfterJoins].flatMap { $0 }.map { column in
      let schema = column.schema
      let settings = [schema.role.rawValue, schema.better?.rawValue ?? ""].joined(separator: " | ")
      return JSONValue.string("\(schema.name) = \(column.expression.text) | \(settings)")
    }
    let derive = derived.isEmpty ? [] : [JSONMember(key: "derive", value: .array(derived))]
    return .object((selection.members ?? []) + derive)
  }

  private var selection: JSONValue {
    .record([
      "joins": use.join.canonical, "rows": .array(use.rows.map { .string($0.text) }),
      "units": units,
    ])
  }

  /// The rule of units, as it stands in the step's key.
  private var units: JSONValue {
    switch table.unitRule {
    case .columns(let names): .array(names.map { .string($0) })
    case .partner(let partner):
      .record([
        "dataset": .string(partner.dataset.id), "keys": .array(partner.keys.map { .string($0) }),
        "columns": .array((partner.dataset.unitColumns ?? []).map { .string($0) }),
      ])
    case .joined(let table, let keys):
      .record(["table": .string(table), "keys": .array(keys.map { .string($0) })])
    case nil: []
    }
  }

  var inputs: [StepInput] {
    var inputs = [StepInput("rows", from: "import/\(table.name)")]
    inputs += use.join.map { StepInput($0.dataset.value, from: "table/\($0.dataset.value)") }
    if case .partner(let partner) = table.unitRule { inputs.append(StepInput("units of rows", from: partner.stepName)) }
    return inputs
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    var result = try inputs.table("rows")
    for derived in table.derivedBeforeJoins { result = result.adding(derived.column(in: result)) }
    var joins: [(name: String, value: JoinRecord)] = []
    for join in use.join {
      let other = try inputs.table(join.dataset.value)
      do throws(TableError) {
        let unmatched = try result.unmatchedCount(in: other, on: join.on.map(\.value))
        joins.append((join.dataset.value, JoinRecord(unmatched: unmatched, kept: join.keepsUnmatched)))
        let own =
          join.columns.isEmpty
          ? other.columnNames.filter { $0 != ColumnSchema.cluster.name } : join.columns.map(\.value)
        let keys = join.on.map(\.value)
        result = try result.joined(
          with: other, on: keys, columns: own.filter { !keys.contains($0) }, prefix: join.prefix ?? "",
          keepsUnmatched: join.keepsUnmatched)
      } catch {
        throw Reason("join with \(join.dataset.value): \(error)")
      }
    }
    for derived in table.derivedAfterJoins { result = result.adding(derived.column(in: result)) }
    var conditions = use.rows.map { ConditionRecord(condition: $0.text, leftOut: 0) }
    let rows = (0..<result.rowCount).filter { row in
      guard let unmet = use.rows.firstIndex(where: { !Self.meets($0, result, row) }) else { return true }
      conditions[unmet].leftOut += 1
      return false
    }
    if rows.count < result.rowCount { result = result.selecting(rows: rows) }
    if let units = try units(of: result, inputs) {
      result = result.adding(Column(schema: .cluster, storage: .integer(units)))
    }
    return .table(
      result,
      artifacts: (joins.isEmpty ? [] : [try .json(Self.joinsArtifact, NamedValues(joins), indent: 0)])
        + (conditions.isEmpty
          ? [] : [try .json(Self.conditionsArtifact, ConditionRecords(conditions: conditions), indent: 0)]))
  }

  /// The number of each row's unit, counted from 0 by first occurrence; nil when every row stands by itself.
  private func units(of rows: Table, _ inputs: StepInputs) throws(Reason) -> [Int]? {
    var other: Table?
    switch table.unitRule {
    case .partner: other = try inputs.table("units of rows")
    case .joined(let name, _): other = try inputs.table(name)
    case .columns, nil: break
    }
    do throws(TableError) {
      switch (table.unitRule, other) {
      case (.columns(let names), _):
        for name in names where rows[name] == nil { throw .noColumn(name) }
        return rows.groups(by: names)
      case (.partner(let partner), let other?):
        let columns = partner.dataset.unitColumns ?? []
        for name in columns where other[name] == nil { throw .noColumn(name) }
        return try rows.numbers(of: other.groups(by: columns), in: other, on: partner.keys)
      case (.joined(_, let keys), let other?):
        guard let clusters = other.clusters else { return nil }
        return try rows.numbers(of: clusters, in: other, on: keys)
      case (.partner, nil), (.joined, nil), (nil, _): return nil
      }
    } catch {
      throw Reason("units: \(error)")
    }
  }

  /// The whole number that a text is; nil for other texts.
  private static func whole(_ text: String) -> Int? { Int(text) ?? Double(text).flatMap { Int(exactly: $0) } }

  private static func meets(_ condition: RowCondition, _ table: Table, _ row: Int) -> Bool {
    guard let column = table[condition.column.value], let test = condition.tests.first else { return false }
    let cell = column[row]
    switch test {
    case .oneOf(let values):
      switch cell {
      case .integer(let value): return values.contains { Self.whole($0) == value }
      case .real(let value): return values.contains { Double($0) == value }
      default: return column.text(row).map { values.contains($0) } ?? false
      }
    case .atLeast(let bound): return bound.isAtMost(cell)
    case .atMost(let bound): return bound.isAtLeast(cell)
    case .defined(let isDefined):
      if case .undefined = cell { return !isDefined }
      return isDefined
    }
  }
}

extension RowCondition.Bound {
  /// True when a cell holds a number that is at least the bound. Whole numbers are compared as such: with the next whole
  /// number of a bound, which decides by its sign when it is beyond 64 bits.
  fileprivate func isAtMost(_ cell: Cell) -> Bool {
    switch (cell, self) {
    case (.integer(let value), .number(let bound)):
      Int(exactly: bound.rounded(.up)).map { value >= $0 } ?? (bound < 0)
    case (.integer(let value), .whole(let bound)): value >= bound
    case (.real(let value), .number(let bound)): value >= bound
    case (.real(let value), .whole(let bound)): Int(exactly: value).map { $0 >= bound } ?? (value >= Double(bound))
    default: false
    }
  }

  /// True when a cell holds a number that is at most the bound.
  fileprivate func isAtLeast(_ cell: Cell) -> Bool {
    switch (cell, self) {
    case (.integer(let value), .number(let bound)):
      Int(exactly: bound.rounded(.down)).map { value <= $0 } ?? (bound > 0)
    case (.integer(let value), .whole(let bound)): value <= bound
    case (.real(let value), .number(let bound)): value <= bound
    case (.real(let value), .whole(let bound)): Int(exactly: value).map { $0 <= bound } ?? (value <= Double(bound))
    default: false
    }
  }
}

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

/// Derives columns, joins, selects rows and numbers clusters in a column `cluster`. With joins, a second artifact has a
/// `JoinRecord` for each, by the dataset that was joined.
struct TableStep: SynchronousStep {
  /// The artifact about joins.
  static let joinsArtifact = "joins"

  let table: ResolvedTable
  let use: DatasetUse
  let kind = StepKind("table", version: 3)

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
      "clusters": .array((table.clusterColumns ?? []).map { .string($0) }),
    ])
  }

  var inputs: [StepInput] {
    [StepInput("rows", from: "import/\(table.name)")]
      + use.join.map { StepInput($0.dataset.value, from: "table/\($0.dataset.value)") }
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
    let rows = (0..<result.rowCount).filter { row in use.rows.allSatisfy { Self.meets($0, result, row) } }
    if rows.count < result.rowCount { result = result.selecting(rows: rows) }
    if let columns = table.clusterColumns {
      result = result.adding(Column(schema: .cluster, storage: .integer(result.groups(by: columns))))
    }
    return .table(
      result, artifacts: joins.isEmpty ? [] : [try .json(Self.joinsArtifact, NamedValues(joins), indent: 0)])
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

import Documents
import Outcomes
import Specs
import Tables

/// Whether two columns differ by a constant, or one column under two conditions.
///
/// With differences dᵢ = xᵢ − yᵢ over rows with both values: the offset is their median, found when no dᵢ is farther from it
/// than the tolerance times the standard deviation of x. Under conditions, the rows of one value of the condition column are
/// paired with those of the other by keys, compared as text; keys that stand more than once on a side are left out.
///
/// | number | what it is |
/// |---|---|
/// | `rows` | differences |
/// | `unpaired` | rows without a partner or a value |
/// | `offset`, `mean` | median and mean of d |
/// | `deviation` | standard deviation of d |
/// | `largest-deviation` | largest \|dᵢ − offset\| |
/// | `column-deviation` | standard deviation of x over these rows |
/// | `relative-deviation` | the largest deviation over that |
package struct ConstantOffsetCheck: ForensicCheck {
  package static let definition = "constant-offset"
  package static let summary =
    "Whether two columns, or one under two conditions, differ by a constant."
  package static let meaning = "The columns differ by a constant."

  /// Two values of a column, as text, under which another is compared.
  package struct Conditions: Keyed {
    /// The column of the condition.
    package var column = Located<String>.unread
    /// The condition of x, then that of y.
    package var values: [Located<String>] = []
    package var keys: [Located<String>] = []

    package init() {}

    package static let definition = "conditions"
    package static let summary = "Two values of a column under which another is compared."
    package static let fields: [Field<Conditions>] = [
      .column("column", \.column, "Column of the condition."),
      .required("values", \.values, "The two values, as text.", .list(.scalar, minimum: 2)),
      .columns("on", \.keys, "Columns that pair rows.", isRequired: true, orOne: true),
    ]
  }

  /// The values y that are subtracted from those of x.
  package enum Counterpart: FieldValue {
    /// Another column, row by row.
    case column(Located<String>)
    /// The same column under another condition.
    case conditions(Conditions)

    package static var schema: Schema { .either([.identifier, Conditions.schema]) }

    package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> Counterpart? {
      Located<String>.read(node, as: .identifier, reading).map { .column($0) }
        ?? Conditions.read(node, as: Conditions.schema, reading).map { .conditions($0) }
    }

    package var canonical: JSONValue {
      switch self {
      case .column(let name): name.canonical
      case .conditions(let conditions): conditions.canonical
      }
    }

    package var names: [NameReference] {
      switch self {
      case .column(let name): [NameReference(name: name, target: .column(.own, isNumeric: true))]
      case .conditions(let conditions): conditions.names
      }
    }
  }

  /// The dataset examined.
  package var dataset = Located<String>.unread
  /// The column x.
  package var column = Located<String>.unread
  /// The column y, or two conditions under which x is compared with itself.
  package var counterpart = Counterpart.column(.unread)
  /// The largest deviation in units of the column's standard deviation.
  package var tolerance = 1e-3

  package init() {}

  package static let fields: [Field<ConstantOffsetCheck>] = [
    .table("dataset", \.dataset),
    .column("column", \.column, "The column.", isNumeric: true),
    .required(
      "minus", \.counterpart,
      "Column that is subtracted, or two conditions under which the column is compared with itself."),
    .optional(
      "tolerance", \.tolerance, "The largest deviation in units of the column's standard deviation.",
      .number(0...1, exclusive: false)),
  ]

  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    switch counterpart {
    case .column(let other): checks.exclude(column, from: [other], "a column minus itself is 0")
    case .conditions(let conditions):
      guard Set(conditions.values.map(\.value)).count != 2 || conditions.values.count != 2 else { return }
      checks.report(
        "bad-conditions", conditions.column, "there are not two different values of \(conditions.column.value)",
        fix: "write `values: [FIRST, SECOND]`")
    }
  }

  /// Examines the table. O(rows · log rows).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let pairs = try pairs(tables.table)
    guard pairs.x.count > 1 else { throw Reason("fewer than two rows have both values") }
    let differences = zip(pairs.x, pairs.y).map { $0 - $1 }
    guard let spread = Quantities.standardDeviation(pairs.x), spread > 0 else {
      throw Reason("the column does not vary")
    }
    guard let offset = Quantities.median(differences), offset.isFinite, differences.allSatisfy(\.isFinite) else {
      throw Reason("a difference exceeds the largest number")
    }
    let largest = differences.reduce(0) { max($0, abs($1 - offset)) }
    return Finding(
      largest <= tolerance * spread,
      [
        FindingNumber("rows", "Differences", .count(differences.count)),
        FindingNumber("unpaired", "Rows without a partner or a value", .count(pairs.unpaired)),
        FindingNumber("offset", "Offset", .number(offset)),
        FindingNumber("mean", "Mean difference", Quantities.mean(differences).number { .number($0) }),
        FindingNumber(
          "deviation", "Deviation of the differences", Quantities.standardDeviation(differences).number { .number($0) }),
        FindingNumber("largest-deviation", "Largest deviation from the offset", .number(largest)),
        FindingNumber("column-deviation", "Deviation of the column", .number(spread)),
        FindingNumber("relative-deviation", "Largest deviation over that of the column", .small(largest / spread)),
      ], headline: ["rows", "offset", "deviation", "relative-deviation"])
  }

  private func pairs(_ table: Table) throws(Reason) -> (x: [Double], y: [Double], unpaired: Int) {
    let values = try table.readNumbers(column)
    switch counterpart {
    case .column(let name):
      let others = try table.readNumbers(name)
      let rows = values.indices.filter { values[$0] != nil && others[$0] != nil }
      return (rows.compactMap { values[$0] }, rows.compactMap { others[$0] }, table.rowCount - rows.count)
    case .conditions(let conditions):
      let condition = try table.read(conditions.column)
      let groups = try RowGroups(table, by: conditions.keys).rows
      var pairs: [(Double, Double)] = []
      var considered = 0
      for group in groups {
        let first = group.filter { condition.text($0) == conditions.values.first?.value }
        let second = group.filter { condition.text($0) == conditions.values.last?.value }
        considered += first.count + second.count
        if first.count == 1, second.count == 1, let x = values[first[0]], let y = values[second[0]] {
          pairs.append((x, y))
        }
      }
      guard considered > 0 else { throw Reason("no row is of one of the two conditions") }
      return (pairs.map(\.0), pairs.map(\.1), considered - 2 * pairs.count)
    }
  }
}

import Documents
import Outcomes
import Specs
import Tables

/// Whether a column is a function of others: equal keys give equal values, exactly or up to a relative tolerance.
///
/// Rows without a value or a key are left out and counted. A row violates when it differs from the most frequent value of
/// its key (of several, the first) by more than the tolerance: |a − b| / max(|a|, |b|). Under a tolerance, the values within
/// keys must also keep at most 1 % of the column's sum of squares, because a column that hardly varies is close to a
/// function of anything.
///
/// | number | what it is |
/// |---|---|
/// | `rows`, `incomplete` | rows compared; rows left out |
/// | `distinct`, `keys` | different values of the column; different keys |
/// | `repeated-keys` | keys of two rows or more: only these can be violated |
/// | `violations`, `violating-rows` | keys with a violating row; these rows |
/// | `largest-spread` | the largest relative difference of the least and the greatest value of a key |
/// | `unexplained` | share of the column's sum of squares that is within keys |
/// | `converse-violations` | values of the column that come with several keys |
package struct FunctionOfCheck: ForensicCheck {
  package static let definition = "function-of"
  package static let summary =
    "Whether a column is a function of others."
  package static let meaning = "The column is a function of the others."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  package var of: [Located<String>] = []
  /// The largest relative difference within a key; 0 for equal values.
  package var tolerance = 0.0
  package var exceptions = 0
  package var id: Located<String>?

  package init() {}

  package static let fields: [Field<FunctionOfCheck>] = [
    .table("dataset", \.dataset),
    .column("column", \.column, "Column that may be a function."),
    .columns("of", \.of, "Columns it may be a function of.", isRequired: true, orOne: true),
    .optional(
      "tolerance", \.tolerance, "The largest relative difference of values that count as equal.",
      .number(0...1, exclusive: false)),
    .optional("exceptions", \.exceptions, "Number of rows that may violate the function.", .integer(0...1_000_000)),
    .column("id", \.id, "Column that names a row in examples."),
  ]

  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    checks.exclude(column, from: of, "every column is a function of itself")
  }

  /// Examines the table. O(rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let values = try table.read(column)
    let id = try id.map { name throws(Reason) in try table.read(name) }
    let groups = try RowGroups(table, by: of).rows.map { $0.filter { values.undefined[$0] == nil } }
      .filter { !$0.isEmpty }
    let rows = groups.reduce(0) { $0 + $1.count }
    var keysByValue: [Cell: Set<Int>] = [:]
    for (key, group) in groups.enumerated() { for row in group { keysByValue[values[row], default: []].insert(key) } }
    let repeated = groups.filter { $0.count > 1 }
    let outliers = repeated.map { self.outliers($0, values) }
    let spreads = repeated.map { spread($0, values) }
    let violating = outliers.reduce(0) { $0 + $1.count }
    let unexplained = unexplained(groups, values)
    let finding = Finding(
      violating <= exceptions && (tolerance == 0 || unexplained.map { $0 <= 0.01 } ?? true),
      [
        FindingNumber("rows", "Rows", .count(rows)),
        FindingNumber("incomplete", "Rows without all values", .count(table.rowCount - rows)),
        FindingNumber("distinct", "Distinct values", .count(keysByValue.count)),
        FindingNumber("keys", "Distinct keys", .count(groups.count)),
        FindingNumber("repeated-keys", "Keys in two rows or more", .count(repeated.count)),
        FindingNumber("violations", "Keys with values that differ", .count(outliers.count { !$0.isEmpty })),
        FindingNumber("violating-rows", "Rows that differ from their key's value", .count(violating)),
        FindingNumber(
          "largest-spread", "Largest relative difference within a key",
          spreads.contains(nil)
            ? .undefined("the column holds text") : .small(spreads.reduce(0) { max($0, $1 ?? 0) })),
        FindingNumber(
          "unexplained", "Share of the variance within keys",
          unexplained.number({ .small($0) }, else: "there are no numbers that vary")),
        FindingNumber(
          "converse-violations", "Values with several keys", .count(keysByValue.count { $0.value.count > 1 })),
      ],
      headline: ["rows", "distinct", "keys", "violating-rows", "converse-violations"],
      examples: id.map { id in outliers.joined().prefix(Finding.exampleLimit).map { example($0, values, id, table) } }
        ?? [])
    guard !repeated.isEmpty else { return finding.undecided("no key stands in two rows") }
    guard keysByValue.count > 1 else { return finding.undecided("the column has one value") }
    return finding
  }

  /// The rows of a key that differ from its most frequent value.
  private func outliers(_ group: [Int], _ values: Column) -> [Int] {
    var counts: [Cell: Int] = [:]
    for row in group { counts[values[row], default: 0] += 1 }
    guard counts.count > 1, let most = counts.values.max(),
      let usual = group.first(where: { counts[values[$0]] == most }).map({ values[$0] })
    else { return [] }
    return group.filter { !isEqual(values[$0], usual) }
  }

  private func isEqual(_ left: Cell, _ right: Cell) -> Bool {
    if left == right { return true }
    guard tolerance > 0, let first = left.double, let second = right.double else { return false }
    return Quantities.relativeDifference(first, second) <= tolerance
  }

  /// The relative difference of the ends of a key's values; nil for text.
  private func spread(_ group: [Int], _ values: Column) -> Double? {
    let numbers = group.compactMap { values[$0].double }
    guard let least = numbers.min(), let greatest = numbers.max() else { return nil }
    return Quantities.relativeDifference(least, greatest)
  }

  private func unexplained(_ groups: [[Int]], _ values: Column) -> Double? {
    let numbers = groups.map { $0.compactMap { values[$0].double } }
    let all = Array(numbers.joined())
    let scale = Quantities.magnitude(all)
    let total = Quantities.squaredDeviations(all, scale: scale)
    guard total > 0 else { return nil }
    return numbers.reduce(0) { $0 + Quantities.squaredDeviations($1, scale: scale) } / total
  }

  private func example(_ row: Int, _ values: Column, _ id: Column, _ table: Table) -> FindingExample {
    let key = of.compactMap { name in table[name.value].map { "\(name.value) \($0.label(row))" } }
    return FindingExample(id.label(row), "\(values.label(row)) at \(key.joined(separator: ", "))")
  }
}

extension Cell {
  /// The number of a cell that holds one.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .boolean(let value): value ? 1 : 0
    case .text, .undefined: nil
    }
  }
}

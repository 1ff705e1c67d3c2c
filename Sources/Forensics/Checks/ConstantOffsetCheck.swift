import Outcomes
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
  /// See `ForensicCheck`.
  package static let kind = "constant-offset"
  /// See `ForensicCheck`.
  package static let meaning = "The columns differ by a constant."

  /// Two values of a column, as text, under which another is compared.
  package struct Conditions: Sendable, Hashable {
    /// The column of the condition.
    package var column: String
    /// The condition of x.
    package var first: String
    /// The condition of y.
    package var second: String
    /// The columns that pair rows.
    package var keys: [String]

    /// Names two conditions.
    package init(column: String, first: String, second: String, keys: [String]) {
      self.column = column
      self.first = first
      self.second = second
      self.keys = keys
    }
  }

  /// What is compared with x.
  package enum Counterpart: Sendable, Hashable {
    /// Another column, row by row.
    case column(String)
    /// The same column under another condition.
    case conditions(Conditions)
  }

  /// The column x.
  package var column: String
  /// What it is compared with.
  package var counterpart: Counterpart
  /// The largest deviation in units of the column's standard deviation.
  package var tolerance: Double

  /// Creates a check.
  package init(column: String, minus counterpart: Counterpart, tolerance: Double = 1e-3) {
    self.column = column
    self.counterpart = counterpart
    self.tolerance = tolerance
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
        let first = group.filter { condition.text($0) == conditions.first }
        let second = group.filter { condition.text($0) == conditions.second }
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

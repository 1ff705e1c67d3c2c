import Outcomes
import Tables

/// Groups of a table's rows with equal values in some columns, in ascending order; undefined cells are equal to one another.
struct LabelledGroups {
  /// What the groups are called.
  let labels: [GroupLabel]
  /// Their keys among results, each of its own.
  let keys: [String]
  /// The rows of each.
  let rows: [[Int]]

  /// Groups rows. All rows are one group when no column is named, none when there are no rows.
  ///
  /// - Throws: `Reason` for a column that is not there.
  init(_ table: Table, by names: [String]) throws(Reason) {
    var columns: [Column] = []
    for name in names {
      guard let column = table[name] else { throw Reason("no column \(name)") }
      columns.append(column)
    }
    let numbers = table.groups(by: names)
    var members = [[Int]](repeating: [], count: (numbers.max() ?? -1) + 1)
    for (row, group) in numbers.enumerated() { members[group].append(row) }
    let found = members.map { rows in
      (label: GroupLabel(columns.map { $0.text(rows[0]) ?? "undefined" }), rows: rows)
    }
    .sorted { $0.label == $1.label ? $0.rows[0] < $1.rows[0] : $0.label < $1.label }
    labels = found.map(\.label)
    keys = GroupLabel.uniqueKeys(labels)
    rows = found.map(\.rows)
  }
}

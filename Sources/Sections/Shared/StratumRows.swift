import Outcomes
import Tables

/// The strata of a table's rows: rows with equal values in some columns.
struct StratumRows {
  /// The most strata of a part.
  static let limit = 1000

  /// The stratum of each row; nil where a column has no value.
  let numbers: [Int?]
  /// What the strata are called, in ascending order; `numbers` are places in it.
  let labels: [GroupLabel]
  /// Their keys among results.
  let keys: [String]

  /// Finds the strata.
  ///
  /// - Throws: `Reason` for a column that is not there, or for too many strata.
  init(_ table: Table, by names: [String]) throws(Reason) {
    var columns: [Column] = []
    for name in names {
      guard let column = table[name] else { throw Reason("no column \(name)") }
      columns.append(column)
    }
    let groups = table.groups(by: names)
    let isDefined = (0..<table.rowCount).map { row in columns.allSatisfy { $0.undefined[row] == nil } }
    var first: [Int: Int] = [:]
    for (row, group) in groups.enumerated() where isDefined[row] && first[group] == nil { first[group] = row }
    guard first.count <= Self.limit else {
      throw Reason("\(first.count) strata by \(names.joined(separator: ", ")) are over \(Self.limit)")
    }
    let found = first.map { group, row in
      (group: group, row: row, label: GroupLabel(columns.map { $0.text(row) ?? "" }))
    }
    .sorted { $0.label == $1.label ? $0.row < $1.row : $0.label < $1.label }
    labels = found.map(\.label)
    keys = GroupLabel.uniqueKeys(labels)
    let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($0.element.group, $0.offset) })
    numbers = groups.indices.map { isDefined[$0] ? places[groups[$0]] : nil }
  }
}

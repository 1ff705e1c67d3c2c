import Documents
import Outcomes
import Tables

/// Rows that share their values in some columns. Rows without a value in one of them are left out.
struct RowGroups {
  /// The rows of each group, ascending; groups in order of first occurrence.
  let rows: [[Int]]
  /// Number of rows that lack a value.
  let incomplete: Int

  /// Groups a table's rows. Numbers of one column are equal when they are the same number; text when it is the same text.
  ///
  /// - Throws: `Reason` for a column that is not there.
  init(_ table: Table, by names: [String]) throws(Reason) {
    let columns = try table.read(names)
    var numbers: [[Cell]: Int] = [:]
    var groups: [[Int]] = []
    var incomplete = 0
    for row in 0..<table.rowCount {
      guard columns.allSatisfy({ $0.undefined[row] == nil }) else {
        incomplete += 1
        continue
      }
      let key = columns.map { $0[row] }
      if let number = numbers[key] {
        groups[number].append(row)
      } else {
        numbers[key] = groups.count
        groups.append([row])
      }
    }
    rows = groups
    self.incomplete = incomplete
  }

  /// Number of rows in groups.
  var rowCount: Int { rows.reduce(0) { $0 + $1.count } }

  /// The groups of two rows or more.
  var repeated: [[Int]] { rows.filter { $0.count > 1 } }
}

extension RowGroups {
  init(_ table: Table, by names: [Located<String>]) throws(Reason) { try self.init(table, by: names.map(\.value)) }
}

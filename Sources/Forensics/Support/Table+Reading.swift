import Documents
import Outcomes
import Specs
import Tables

extension Table {
  /// The columns of some names.
  ///
  /// - Throws: `Reason` when one is not there, or none is named.
  func read(_ names: [String]) throws(Reason) -> [Column] {
    guard !names.isEmpty else { throw Reason("no column is named") }
    var columns: [Column] = []
    for name in names { columns.append(try read(name)) }
    return columns
  }

  /// The column of a name.
  ///
  /// - Throws: `Reason` when it is not there.
  func read(_ name: String) throws(Reason) -> Column {
    guard let column = self[name] else { throw Reason("there is no column \(name)") }
    return column
  }

  /// The numbers of a column.
  ///
  /// - Throws: `Reason` when it is not there, holds text, or whole numbers that no Double equals.
  func readNumbers(_ name: String) throws(Reason) -> [Double?] {
    let column = try read(name)
    guard column.schema.type != .text else { throw Reason("the column \(name) holds text") }
    guard column.isExact else { throw Reason("the column \(name) holds \(Column.beyondExact)") }
    return column.numbers
  }

  /// The columns chosen by name, or every metric that is no text.
  func chosen(_ selection: ColumnSelection) -> [String] {
    switch selection {
    case .all: columns.filter { $0.schema.role == .metric && $0.schema.type != .text }.map(\.schema.name)
    case .columns(let names): names.map(\.value)
    }
  }

  func read(_ names: [Located<String>]) throws(Reason) -> [Column] { try read(names.map(\.value)) }
  func read(_ name: Located<String>) throws(Reason) -> Column { try read(name.value) }
  func readNumbers(_ name: Located<String>) throws(Reason) -> [Double?] { try readNumbers(name.value) }

  /// The rows of each subject in order: by the order column when there is one, rows of equal or no value as they stand.
  /// Subjects come in order of first occurrence; rows without a subject are left out. One subject when no column is named.
  func sequences(subject: [Located<String>], order: Located<String>?) throws(Reason) -> [[Int]] {
    let groups =
      subject.isEmpty ? [Array(0..<rowCount)] : try RowGroups(self, by: subject.map(\.value)).rows
    guard let order else { return groups }
    let keys = try readNumbers(order)
    return groups.map { rows in
      rows.filter { keys[$0] != nil }.sorted { left, right in
        let (first, second) = (keys[left] ?? 0, keys[right] ?? 0)
        return first == second ? left < right : first < second
      }
    }
  }
}

extension Column {
  /// The name of a row by this column, for examples.
  func label(_ row: Int) -> String { text(row) ?? "row \(row + 1)" }
}

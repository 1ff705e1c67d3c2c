import Outcomes

/// The origin of a row: a file (or `archive!entry`) and, when it has one, a 1-based line.
package struct RowOrigin: Sendable, Hashable {
  /// The file as the catalogue names it, or `archive!entry`.
  package var file: String
  /// 1-based line, or nil when the whole file or entry is the row.
  package var line: Int?

  package init(file: String, line: Int? = nil) {
    self.file = file
    self.line = line
  }
}

/// Named typed columns of equal length, with the origin of every row.
package struct Table: Sendable, Hashable {
  /// The columns in order; names are unique.
  package private(set) var columns: [Column]
  /// The origin of each row.
  package private(set) var origins: [RowOrigin]

  /// Creates a table.
  ///
  /// - Precondition: Every column has as many rows as there are origins, and names are unique.
  package init(columns: [Column], origins: [RowOrigin]) {
    precondition(columns.allSatisfy { $0.count == origins.count }, "columns have as many rows as the table")
    precondition(Set(columns.map(\.schema.name)).count == columns.count, "column names are unique")
    self.columns = columns
    self.origins = origins
  }

  /// The number of rows.
  package var rowCount: Int { origins.count }

  /// The names of the columns in order.
  package var columnNames: [String] { columns.map(\.schema.name) }

  /// The column of a name. O(number of columns).
  package subscript(name: String) -> Column? { columns.first { $0.schema.name == name } }

  /// The column of a name. O(number of columns).
  ///
  /// - Throws: `Reason` when there is none.
  package func column(_ name: String) throws(Reason) -> Column {
    guard let column = self[name] else { throw Reason("no column \(name)") }
    return column
  }

  /// The columns of names, in their order.
  ///
  /// - Throws: `Reason` for the first that is not there.
  package func columns(_ names: [String]) throws(Reason) -> [Column] {
    var found: [Column] = []
    for name in names { found.append(try column(name)) }
    return found
  }

  /// The table with a column added at the end, or put in the place of the one of the same name.
  ///
  /// - Precondition: The column has as many rows as the table.
  package func adding(_ column: Column) -> Table {
    var changed = columns
    if let index = changed.firstIndex(where: { $0.schema.name == column.schema.name }) {
      changed[index] = column
    } else {
      changed.append(column)
    }
    return Table(columns: changed, origins: origins)
  }

  /// The table with the given rows, in that order.
  package func selecting(rows: [Int]) -> Table {
    Table(columns: columns.map { $0.selecting(rows: rows) }, origins: rows.map { origins[$0] })
  }

  /// Group number of each row: rows whose values in the named columns are the same share one. Reason cells are
  /// equal to one another, whatever the reason. Numbers count from 0 in order of first occurrence.
  ///
  /// - Precondition: The columns exist.
  package func groups(by names: [String]) -> [Int] {
    let picked = names.map { name -> Column in
      guard let column = self[name] else { preconditionFailure("no column \(name)") }
      return column
    }
    var numbers: [[Cell]: Int] = [:]
    return (0..<rowCount).map { row in
      let key = picked.map { column -> Cell in
        if case .undefined = column[row] { return .undefined("") }
        return column[row]
      }
      if let known = numbers[key] { return known }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
  }
}

extension ColumnSchema {
  /// Numbers the clusters of rows that are resampled together, in a table whose rows are in some.
  package static let cluster = ColumnSchema(name: "cluster", type: .integer, title: "Cluster", role: .identifier)
}

extension Table {
  /// The cluster of each row; nil where rows are in none.
  package var clusters: [Int]? {
    if case .integer(let numbers) = self[ColumnSchema.cluster.name]?.storage { numbers } else { nil }
  }
}

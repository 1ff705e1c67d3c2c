/// A reason why tables cannot be joined.
package enum TableError: Error, Sendable, Hashable {
  /// A column is not there.
  case noColumn(String)
  /// A key stands more than once in the table that is joined.
  case duplicateKey(String, count: Int)
  /// A column of that name is there already.
  case columnExists(String)
}

extension TableError: CustomStringConvertible {
  /// One sentence for a person.
  package var description: String {
    switch self {
    case .noColumn(let name): "there is no column \(name)"
    case .duplicateKey(let key, let count): "the key \(key) stands in \(count) rows of the table that is joined"
    case .columnExists(let name): "there is a column \(name) already"
    }
  }
}

extension Table {
  /// The table with columns of another where the keys are equal.
  ///
  /// - Parameters:
  ///   - other: The table joined; its keys must be unique among the rows that have partners here.
  ///   - keys: Key columns, in both tables, compared as text.
  ///   - names: Columns to take; all but the keys when nil.
  ///   - prefix: Text put before their names.
  ///   - keepsUnmatched: True when rows without a partner stay, with undefined values.
  /// - Throws: `TableError`.
  package func joined(
    with other: Table, on keys: [String], columns names: [String]?, prefix: String, keepsUnmatched: Bool
  ) throws(TableError) -> Table {
    let partners = try other.rows(byKey: keys)
    let own = try keyTexts(keys)
    var kept: [Int] = []
    var matches: [Int?] = []
    for row in 0..<rowCount {
      let found = partners[own[row]] ?? []
      if found.count > 1 { throw .duplicateKey(own[row].joined(separator: ", "), count: found.count) }
      guard !found.isEmpty || keepsUnmatched else { continue }
      kept.append(row)
      matches.append(found.first)
    }
    var result = selecting(rows: kept)
    let taken = names ?? other.columnNames.filter { !keys.contains($0) }
    for name in taken {
      guard let column = other[name] else { throw .noColumn(name) }
      guard result[prefix + name] == nil else { throw .columnExists(prefix + name) }
      result = result.adding(column.matched(matches, name: prefix + name))
    }
    return result
  }

  /// The number of rows whose keys no row of another table has.
  ///
  /// - Parameters:
  ///   - other: The table that would be joined.
  ///   - keys: Key columns, in both tables, compared as text.
  /// - Throws: `TableError` for a column that is not there.
  package func unmatchedCount(in other: Table, on keys: [String]) throws(TableError) -> Int {
    let partners = Set(try other.keyTexts(keys))
    return try keyTexts(keys).count { !partners.contains($0) }
  }

  /// The number of each row's partner in another table, counted anew from 0 by first occurrence; rows without a partner have
  /// numbers of their own.
  ///
  /// - Parameters:
  ///   - numbers: A number for each row of the other table.
  ///   - other: The other table.
  ///   - keys: Key columns, in both tables, compared as text.
  /// - Throws: `TableError` for a column that is not there, and for a key whose rows have different numbers.
  package func numbers(of numbers: [Int], in other: Table, on keys: [String]) throws(TableError) -> [Int] {
    let partners = try other.rows(byKey: keys)
    var known: [Int: Int] = [:]
    var count = 0
    var found: [Int] = []
    for key in try keyTexts(keys) {
      let rows = partners[key] ?? []
      let number = rows.first.map { numbers[$0] }
      if rows.contains(where: { numbers[$0] != number }) {
        throw .duplicateKey(key.joined(separator: ", "), count: rows.count)
      }
      if let number, let again = known[number] {
        found.append(again)
        continue
      }
      if let number { known[number] = count }
      found.append(count)
      count += 1
    }
    return found
  }

  private func keyTexts(_ keys: [String]) throws(TableError) -> [[String]] {
    var columns: [Column] = []
    for key in keys {
      guard let column = self[key] else { throw .noColumn(key) }
      columns.append(column)
    }
    return (0..<rowCount).map { row in columns.map { $0.text(row) ?? "\u{0}" } }
  }

  private func rows(byKey keys: [String]) throws(TableError) -> [[String]: [Int]] {
    var rows: [[String]: [Int]] = [:]
    for (row, key) in try keyTexts(keys).enumerated() { rows[key, default: []].append(row) }
    return rows
  }
}

extension Column {
  /// The column's values in the given rows, undefined where there is none.
  fileprivate func matched(_ rows: [Int?], name: String) -> Column {
    var schema = schema
    schema.name = name
    let reason = "no matching row"
    guard count > 0 else {
      let empty: Storage =
        switch storage {
        case .text: .text(rows.map { _ in "" })
        case .integer: .integer(rows.map { _ in 0 })
        case .real: .real(rows.map { _ in 0 })
        case .boolean: .boolean(rows.map { _ in false })
        }
      return Column(
        schema: schema, storage: empty,
        undefined: Dictionary(uniqueKeysWithValues: rows.indices.map { ($0, reason) }))
    }
    let picked = selecting(rows: rows.map { $0 ?? 0 })
    var undefined = picked.undefined
    for (index, row) in rows.enumerated() where row == nil { undefined[index] = reason }
    return Column(schema: schema, storage: picked.storage, undefined: undefined)
  }
}

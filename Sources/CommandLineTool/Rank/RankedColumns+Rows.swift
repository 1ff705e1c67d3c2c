import Datasets
import Diagnostics
import Tables

/// The rows that are ranked: which, in which groups, and which of them are repeats of one thing.
extension RankedColumns {
  /// The most values of a column that groups by itself, and of one that the user names.
  private static let mostGroups = (found: 12, named: 50)
  /// The fewest rows that a ranking needs.
  private static let fewestRows = 2

  mutating func takeConditions(_ options: OwnFileOptions) {
    for text in options.where {
      let (name, value) = OwnFileOptions.pair(text)
      if let guess = column(name, "--where") { conditions.append((guess.name, value)) }
    }
  }

  /// The places of the rows that meet the conditions.
  var selectedRows: [Int] {
    let all = Array(0..<own.table.rowCount)
    return conditions.reduce(all) { rows, condition in
      guard let column = own.table[condition.column] else { return [] }
      let number = Double(condition.value)
      return rows.filter { row in
        guard let text = column.text(row) else { return false }
        return text == condition.value || number.map { Double(text) == $0 } ?? false
      }
    }
  }

  /// Places of rows by their values in a column, in the order in which values come; rows without a value are in none.
  private func byValue(_ name: String, _ rows: [Int], most: Int) -> [(value: String, rows: [Int])]? {
    guard let column = own.table[name] else { return nil }
    var places: [String: Int] = [:]
    var found: [(value: String, rows: [Int])] = []
    for row in rows {
      guard let text = column.text(row) else { continue }
      if let place = places[text] {
        found[place].rows.append(row)
      } else {
        guard found.count < most else { return nil }
        places[text] = found.count
        found.append((text, [row]))
      }
    }
    return found
  }

  mutating func takeGroups(_ options: OwnFileOptions, _ rows: [Int]) {
    groups = [Group(value: nil, suffix: "", rows: rows)]
    if let text = options.group, text != "none" {
      guard let guess = column(text, "--group") else { return }
      guard let found = byValue(guess.name, rows, most: Self.mostGroups.named), !found.isEmpty else {
        problems.append(
          Diagnostic(
            id: "too-many-groups", message: "\(text) has over \(Self.mostGroups.named) values, or none",
            fix: "group by a column with fewer, or choose rows with --where"))
        return
      }
      take(found, by: guess.name)
    } else if options.group == nil {
      guard let name = splittingColumn(rows), let found = byValue(name, rows, most: Self.mostGroups.found) else {
        return
      }
      take(found, by: name)
      notes.append(
        "each \(identifierNames.first ?? "identifier") stands once for each \(name), so that there is one answer for each; --group none pools them, --where \(name)=… takes one"
      )
    }
  }

  private mutating func take(_ found: [(value: String, rows: [Int])], by name: String) {
    groupColumn = name
    var used: Set<String> = []
    groups = found.enumerated().map { place, item in
      var slug = item.value.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
      slug = slug.split(separator: "-").joined(separator: "-")
      if slug.isEmpty || slug.count > 30 || !used.insert(slug).inserted {
        slug = "group-\(place + 1)"
        used.insert(slug)
      }
      return Group(value: item.value, suffix: "-\(slug)", rows: item.rows)
    }
  }

  private var identifierNames: [String] { own.guessed.columns(.identifier).map(\.name) }

  /// The column of text, such as a task, for each of whose values identifiers stand once.
  private func splittingColumn(_ rows: [Int]) -> String? {
    let repeating = identifierNames.filter { repeats($0, rows) }
    guard !repeating.isEmpty else { return nil }
    return own.guessed.columns.first { guess in
      guard guess.type == .text, guess.role == .feature || guess.role == .identifier,
        !repeating.contains(guess.name) || guess.distinct <= Self.mostGroups.found,
        guess.distinct > 1, let found = byValue(guess.name, rows, most: Self.mostGroups.found), found.count > 1
      else { return false }
      return repeating.contains { name in name != guess.name && found.allSatisfy { !repeats(name, $0.rows) } }
    }?.name
  }

  /// True when a value stands in several rows.
  private func repeats(_ name: String, _ rows: [Int]) -> Bool {
    guard let column = own.table[name] else { return false }
    switch column.storage {
    case .text(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .integer(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .real(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .boolean: return true
    }
  }

  private static func repeats<Value: Hashable>(_ values: some Sequence<Value>) -> Bool {
    var seen: Set<Value> = []
    return values.contains { !seen.insert($0).inserted }
  }

  mutating func takeClusters(_ options: OwnFileOptions) {
    if !options.id.isEmpty {
      if options.id == ["none"] || options.id == ["metric-vector"] {
        return (clusters, isClusterRule) = (options.id, true)
      }
      clusters = options.id.compactMap { column($0, "--id")?.name }
      return
    }
    if let name = identifierNames.first(where: { name in groups.contains { repeats(name, $0.rows) } }) {
      clusters = [name]
    } else if groups.contains(where: { repeatsMetrics($0.rows) }) {
      (clusters, isClusterRule) = (["metric-vector"], true)
      notes.append(
        "over a tenth of the rows repeat all metrics of another: such rows are drawn together; --id none draws every row by itself"
      )
    }
  }

  /// True when over a tenth of the rows have all metrics in common with another.
  private func repeatsMetrics(_ rows: [Int]) -> Bool {
    let columns = metrics.prefix(40).compactMap { own.table[$0.name] }
    guard let first = columns.first, columns.count > 1, repeats(first.schema.name, rows) else { return false }
    var seen: Set<[UInt64]> = []
    let numbers = columns.map(\.numbers)
    let repeated = rows.count { row in
      !seen.insert(numbers.map { $0[row]?.bitPattern ?? .max }).inserted
    }
    return repeated * 10 > rows.count
  }

  /// Reports targets that rank nothing.
  mutating func checkRows() {
    guard let column = own.table[target] else { return }
    let values = column.numbers
    for group in groups {
      let place = group.value.map { " of \($0)" } ?? ""
      let defined = group.rows.compactMap { values[$0] }
      if group.rows.isEmpty {
        problems.append(
          Diagnostic(
            id: "no-rows",
            message: "no row meets \(conditions.map { "\($0.column)=\($0.value)" }.joined(separator: " and "))",
            fix: "look at the values of the column"))
      } else if defined.count < Self.fewestRows {
        problems.append(
          Diagnostic(
            id: "too-few-rows",
            message: "\(defined.count == 0 ? "no row" : "one row alone")\(place) has a value of \(target)",
            reason: "a ranking needs two rows at least", fix: defined.isEmpty ? "name another target" : "add rows"))
      } else if defined.allSatisfy({ $0 == defined[0] }) {
        problems.append(
          Diagnostic(
            id: "constant-target", message: "all \(defined.count) values\(place) of \(target) are the same",
            reason: "what does not differ cannot be ranked", fix: "name another target"))
      }
    }
  }
}

extension RankedColumns {
  /// True when a column has two different values where the target has two different ones, so that it can be held against it.
  func isUsable(_ guess: Guess, in group: Group) -> Bool {
    guard let column = own.table[guess.name]?.numbers, let target = own.table[target]?.numbers else { return false }
    let pairs = group.rows.compactMap { row in column[row].flatMap { value in target[row].map { (value, $0) } } }
    guard let first = pairs.first else { return false }
    return pairs.contains { $0.0 != first.0 } && pairs.contains { $0.1 != first.1 }
  }

  /// True when a metric, a baseline or the target lacks a value in a row.
  func lacksValues(in group: Group) -> Bool {
    members.contains { guess in
      guard guess.missing > 0, let column = own.table[guess.name] else { return false }
      return group.rows.contains { column.undefined[$0] != nil }
    }
  }
}

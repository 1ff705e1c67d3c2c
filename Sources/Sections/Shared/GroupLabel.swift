import Outcomes
import Tables

/// The label of a group of rows: its values in the columns that make the groups, as text.
struct GroupLabel: Hashable, Comparable {
  /// The values, in the order of the columns.
  let parts: [String]

  init(_ parts: [String]) { self.parts = parts }

  /// The values for people: `4, 256`; `all` without any column; the empty text is `(empty)`.
  var title: String {
    parts.isEmpty ? "all" : parts.map { Self.shown($0) }.joined(separator: ", ")
  }

  /// A value for people; `(empty)` for the empty text.
  static func shown(_ part: String) -> String { part.isEmpty ? "(empty)" : part }

  /// The values as a key: `4-256`; `all` without any column, `empty` for the empty text. Other groups may have the same one:
  /// see `uniqueKeys`.
  var key: String {
    guard !parts.isEmpty else { return "all" }
    let text = parts.joined(separator: "-")
    return text.isEmpty
      ? "empty" : text.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
  }

  /// The keys of labels that differ, in their order.
  static func uniqueKeys(_ labels: [GroupLabel]) -> [String] {
    uniqueKeys(labels.map { ($0.key, $0.parts.joined(separator: "-")) })
  }

  /// A key of its own for each of some names. A key that no other name has stays. Of names with the same one, such as `ReLU`
  /// and `relu`, the name that is the key keeps it, or else the first; the others get numbers from 2 that no name has.
  static func uniqueKeys(_ names: [(key: String, text: String)]) -> [String] {
    var taken = Set(names.map(\.key))
    var keys = names.map(\.key)
    let same = Dictionary(grouping: names.indices) { names[$0].key }
    for first in names.indices {
      guard let places = same[names[first].key], places.count > 1, places[0] == first else { continue }
      let keeper = places.first { names[$0].text == names[$0].key } ?? first
      var number = 1
      for place in places where place != keeper {
        repeat { number += 1 } while !taken.insert("\(names[first].key)-\(number)").inserted
        keys[place] = "\(names[first].key)-\(number)"
      }
    }
    return keys
  }

  /// Numbers by size and before other values, those as text.
  static func < (left: GroupLabel, right: GroupLabel) -> Bool {
    for (one, other) in zip(left.parts, right.parts) where one != other {
      let numbers = (number(one), number(other))
      switch numbers {
      case (let first?, let second?) where first != second: return first < second
      case (.some, nil): return true
      case (nil, .some): return false
      default: return one < other
      }
    }
    return false
  }

  private static func number(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}

/// Groups of a table's rows with equal values in some columns, in ascending order.
struct LabelledGroups {
  /// The treatment of rows that have no value in one of the columns.
  enum UndefinedCells {
    /// Undefined cells are equal to one another, with the text `undefined`.
    case alike
    /// Such rows are in no group.
    case leftOut
  }

  /// The labels of the groups, in ascending order.
  let labels: [GroupLabel]
  /// The groups' keys in results, all of them different.
  let keys: [String]
  /// The rows of each group, ascending.
  let rows: [[Int]]
  /// The group of each row, a place in `labels`; nil for a row that is left out.
  let numbers: [Int?]

  /// Groups rows. All rows are one group when no column is named, none when there are no rows.
  ///
  /// - Throws: `Reason` for a column that is not there.
  init(_ table: Table, by names: [String], undefined: UndefinedCells = .alike) throws(Reason) {
    let columns = try table.columns(names)
    let found = table.groups(by: names)
    var members = [[Int]](repeating: [], count: (found.max() ?? -1) + 1)
    for (row, group) in found.enumerated() {
      if undefined == .alike || columns.allSatisfy({ $0.undefined[row] == nil }) { members[group].append(row) }
    }
    var groups: [(label: GroupLabel, rows: [Int])] = []
    for rows in members where !rows.isEmpty {
      groups.append((GroupLabel(columns.map { $0.text(rows[0]) ?? "undefined" }), rows))
    }
    groups.sort { $0.label == $1.label ? $0.rows[0] < $1.rows[0] : $0.label < $1.label }
    labels = groups.map(\.label)
    keys = GroupLabel.uniqueKeys(labels)
    rows = groups.map(\.rows)
    var numbers = [Int?](repeating: nil, count: found.count)
    for (group, rows) in rows.enumerated() { for row in rows { numbers[row] = group } }
    self.numbers = numbers
  }
}

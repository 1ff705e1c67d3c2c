import Documents
import Outcomes
import Specs
import Tables

/// Whether values under one condition are copies of those under another: the same keys hold the same values, such as the
/// scores after two numbers of training steps.
///
/// For each pair of conditions, keys that stand once under both and have every value are compared: identical ones hold the
/// same number or text in all columns. A pair is copied when at least `share` of its keys are identical, two of them at
/// least, and they differ from one another (a constant column is no copy). Rows without condition or key are left out.
///
/// | number | what it is |
/// |---|---|
/// | `conditions`, `keys` | values of the condition column; distinct keys |
/// | `compared-pairs`, `copied-pairs` | pairs of conditions; those that are copied |
/// | `partial-pairs` | pairs that are not copied and hold identical keys nevertheless |
/// | section `pairs` | pairs with identical keys, the most identical first: keys compared, identical keys, share |
package struct CopiedValuesCheck: ForensicCheck {
  package static let definition = "copied-values"
  package static let summary =
    "Whether values under one condition are copies of those under another."
  package static let meaning = "The values under some condition are copies of those under another."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  /// The columns compared, all together.
  package var columns = ColumnSelection.all
  package var over = Located<String>.unread
  /// The columns that pair rows.
  package var keys: [Located<String>] = []
  package var share = 1.0

  package init() {}

  package var selection: ColumnSelection? { columns }

  package static let fields: [Field<CopiedValuesCheck>] = [
    .table("dataset", \.dataset),
    .selection("columns", \.columns, "Columns compared, all together, or all of role metric.", isRequired: true),
    .column("over", \.over, "Column of the conditions."),
    .columns("on", \.keys, "Columns that pair rows of two conditions.", isRequired: true, orOne: true),
    .optional("share", \.share, "The share of keys that must be identical.", .number(0...1, exclusive: false)),
  ]

  /// The most conditions compared.
  package static let conditionLimit = 500

  package var details: [String] { ["pairs"] }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    checks.exclude(over, from: keys, "rows of two conditions have no key in common")
  }

  /// Examines the table. O(conditions² · keys · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let columns = try table.read(table.chosen(columns))
    let condition = try table.read(over)
    let conditions = try RowGroups(table, by: [over]).rows
    guard conditions.count > 1 else { throw Reason("there is one condition, or none") }
    guard conditions.count <= Self.conditionLimit else {
      throw Reason("there are \(conditions.count) conditions, more than \(Self.conditionLimit)")
    }
    let groups = try RowGroups(table, by: keys).rows
    var keyNumbers = [Int?](repeating: nil, count: table.rowCount)
    for (number, rows) in groups.enumerated() { for row in rows { keyNumbers[row] = number } }
    let rowsByKey = conditions.map { Self.rowsByKey($0, keyNumbers, columns) }
    var pairs: [Pair] = []
    for second in conditions.indices {
      for first in 0..<second { pairs.append(pair(first, second, rowsByKey, columns)) }
    }
    guard pairs.contains(where: { $0.compared > 1 }) else {
      throw Reason("no two conditions have two keys in common")
    }
    let titles = conditions.map { condition.label($0[0]) }
    var section = FindingSection("pairs", "Conditions with the same values", rowTitle: "Conditions")
    for pair in pairs.filter({ $0.identical > 0 }).sorted(by: { $0.isMoreIdentical(than: $1) }) {
      section.add(
        "\(titles[pair.first]) and \(titles[pair.second])", key: "\(titles[pair.first])-\(titles[pair.second])",
        [
          FindingNumber("keys", "Keys compared", .count(pair.compared)),
          FindingNumber("identical", "Identical", .count(pair.identical)),
          FindingNumber("share", "Share", .share(pair.identical, of: pair.compared)),
        ])
    }
    let copied = pairs.count { $0.isCopied }
    return Finding(
      copied > 0,
      [
        FindingNumber("conditions", "Conditions", .count(conditions.count)),
        FindingNumber("keys", "Keys", .count(groups.count)),
        FindingNumber("compared-pairs", "Pairs of conditions", .count(pairs.count)),
        FindingNumber("copied-pairs", "Copied pairs", .count(copied)),
        FindingNumber(
          "partial-pairs", "Pairs with some identical keys", .count(pairs.count { !$0.isCopied && $0.identical > 0 })),
      ], headline: ["conditions", "keys", "copied-pairs", "partial-pairs"], sections: [section])
  }

  /// The row of each key of a condition; keys in several rows or without a value are left out.
  private static func rowsByKey(_ rows: [Int], _ keys: [Int?], _ columns: [Column]) -> [Int: Int] {
    var found: [Int: Int] = [:]
    var repeated: Set<Int> = []
    for row in rows {
      guard let key = keys[row], columns.allSatisfy({ $0.undefined[row] == nil }) else { continue }
      if found.updateValue(row, forKey: key) != nil { repeated.insert(key) }
    }
    return found.filter { !repeated.contains($0.key) }
  }

  private func pair(_ first: Int, _ second: Int, _ rowsByKey: [[Int: Int]], _ columns: [Column]) -> Pair {
    var pair = Pair(first: first, second: second)
    var vectors: Set<[Cell]> = []
    for (key, row) in rowsByKey[second] {
      guard let other = rowsByKey[first][key] else { continue }
      pair.compared += 1
      guard columns.allSatisfy({ $0[row] == $0[other] }) else { continue }
      pair.identical += 1
      if vectors.count < 2 { vectors.insert(columns.map { $0[row] }) }
    }
    pair.isCopied =
      vectors.count > 1 && Double(pair.identical) >= share * Double(pair.compared)
    return pair
  }
}

/// Two conditions compared.
private struct Pair {
  let first: Int
  let second: Int
  var compared = 0
  var identical = 0
  var isCopied = false

  func isMoreIdentical(than other: Pair) -> Bool {
    let (own, others) = (identical * max(1, other.compared), other.identical * max(1, compared))
    if own != others { return own > others }
    if identical != other.identical { return identical > other.identical }
    return (first, second) < (other.first, other.second)
  }
}

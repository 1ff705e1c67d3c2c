import Documents
import Outcomes
import Specs
import Tables

/// Rows that are equal in some columns, such as in every metric: repeats of one measurement.
///
/// Rows without a value in one of the columns are left out and counted. With an integer identifier the finding tells by how
/// much it steps from row to row of a group, which shows how repeats were numbered.
///
/// | number | what it is |
/// |---|---|
/// | `rows`, `incomplete` | rows compared; rows left out |
/// | `distinct` | different vectors |
/// | `surplus` | rows − distinct |
/// | `groups`, `grouped-rows` | vectors that stand in two rows or more; these rows |
/// | `largest` | rows of the largest group |
/// | `common-size`, `common-groups` | the most frequent size of a group (the smaller of two); how many have it |
/// | `multiples` | groups whose size is a multiple of that size |
/// | section `sizes` | for each size: vectors and rows |
/// | section `strides` | for the most frequent steps of the identifier: how often, and groups in which every step is this one |
package struct DuplicatesCheck: ForensicCheck {
  package static let definition = "duplicates"
  package static let summary =
    "Rows that are equal in some columns, the sizes of their groups, the steps of their ids."
  package static let meaning = "Some rows are equal in all of the columns."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var columns = ColumnSelection.all
  package var id: Located<String>?

  package init() {}

  package var selection: ColumnSelection? { columns }

  package static let fields: [Field<DuplicatesCheck>] = [
    .table("dataset", \.dataset),
    .selection("columns", \.columns, "Columns compared; all of role metric."),
    .column("id", \.id, "Column that names a row in examples."),
  ]

  /// The most ids that an example lists.
  package static let idLimit = 6
  /// The most steps of the identifier that are listed.
  package static let strideLimit = 10

  package var details: [String] { ["sizes"] + (id == nil ? [] : ["strides"]) }

  /// Examines the table. O(rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let groups = try RowGroups(table, by: table.chosen(columns))
    let id = try id.map { name throws(Reason) in try table.read(name) }
    guard groups.rowCount > 1 else { throw Reason("fewer than two rows have a value in every column") }
    let repeated = groups.repeated
    let common = Self.mostFrequent(repeated.map(\.count))
    let numbers = [
      FindingNumber("rows", "Rows", .count(groups.rowCount)),
      FindingNumber("incomplete", "Rows without all values", .count(groups.incomplete)),
      FindingNumber("distinct", "Distinct vectors", .count(groups.rows.count)),
      FindingNumber("surplus", "Rows beyond the first of each vector", .count(groups.rowCount - groups.rows.count)),
      FindingNumber("groups", "Vectors in two rows or more", .count(repeated.count)),
      FindingNumber("grouped-rows", "Rows of those", .count(repeated.reduce(0) { $0 + $1.count })),
      FindingNumber("largest", "Rows of the largest group", .count(groups.rows.reduce(1) { max($0, $1.count) })),
      FindingNumber("common-size", "Most frequent size of a group", common.map { .count($0.value) } ?? Self.none),
      FindingNumber("common-groups", "Groups of that size", common.map { .count($0.count) } ?? Self.none),
      FindingNumber(
        "multiples", "Groups of a multiple of that size",
        common.map { common in .count(repeated.count { $0.count % common.value == 0 }) } ?? Self.none),
    ]
    return Finding(
      !repeated.isEmpty, numbers, headline: ["rows", "distinct", "common-size", "common-groups"],
      sections: [sizes(groups), id.flatMap { strides(repeated, $0) }],
      examples: id.map { id in repeated.prefix(Finding.exampleLimit).map { example($0, id) } } ?? [])
  }

  private static let none = FindingValue.undefined("no vector is repeated")

  /// The most frequent value and how often it occurs; the smallest of several.
  private static func mostFrequent(_ values: [Int]) -> (value: Int, count: Int)? {
    counts(values).min { ($1.count, $0.value) < ($0.count, $1.value) }
  }

  /// The distinct values with the number of times each occurs, ascending by value.
  private static func counts(_ values: [Int]) -> [(value: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.map { (value: $0.key, count: $0.value) }.sorted { $0.value < $1.value }
  }

  private func sizes(_ groups: RowGroups) -> FindingSection {
    var section = FindingSection("sizes", "Group sizes", rowTitle: "Rows with one vector")
    for (size, count) in Self.counts(groups.rows.map(\.count)) {
      section.add(
        "\(size)", key: "size-\(size)",
        [
          FindingNumber("groups", "Vectors", .count(count)), FindingNumber("rows", "Rows", .count(size * count)),
        ])
    }
    return section
  }

  private func strides(_ repeated: [[Int]], _ id: Column) -> FindingSection? {
    guard case .integer(let ids) = id.storage else { return nil }
    var steps: [Int: Int] = [:]
    var uniform: [Int: Int] = [:]
    for group in repeated {
      let sorted = group.filter { id.undefined[$0] == nil }.map { ids[$0] }.sorted()
      let differences = zip(sorted, sorted.dropFirst()).map { $1.subtractingReportingOverflow($0) }
      guard !differences.contains(where: \.overflow) else { continue }
      for difference in differences { steps[difference.partialValue, default: 0] += 1 }
      if let first = differences.first?.partialValue, differences.allSatisfy({ $0.partialValue == first }) {
        uniform[first, default: 0] += 1
      }
    }
    var section = FindingSection("strides", "Steps of the identifier within groups", rowTitle: "Step")
    section.omit(max(0, steps.count - Self.strideLimit))
    for (stride, count) in steps.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(Self.strideLimit) {
      section.add(
        "\(stride)", key: "stride-\(stride)",
        [
          FindingNumber("steps", "Steps", .count(count)),
          FindingNumber("groups", "Groups with this step alone", .count(uniform[stride] ?? 0)),
        ])
    }
    return section
  }

  private func example(_ group: [Int], _ id: Column) -> FindingExample {
    let ids = group.prefix(Self.idLimit).map { id.label($0) }.joined(separator: ", ")
    return FindingExample("\(group.count) rows", group.count > Self.idLimit ? ids + ", …" : ids)
  }
}

import Documents
import Outcomes
import Specs
import Tables

/// Whether a printed aggregate is what its parts give: the mean, sum or product of other columns in the same row.
///
/// A row is consistent when its relative difference |printed − computed| / max(|printed|, |computed|) is at most the
/// tolerance. Of an inconsistent row the factor is printed / computed and the excess printed − computed. Rows without a
/// value are left out and counted.
///
/// | number | what it is |
/// |---|---|
/// | `rows`, `incomplete` | rows compared; rows left out |
/// | `consistent`, `inconsistent` | rows that agree; rows that do not |
/// | `median-factor`, `least-factor`, `greatest-factor` | of inconsistent rows |
/// | `median-excess` | of inconsistent rows |
/// | `inconsistent-records` | distinct ids of inconsistent rows |
/// | section `groups` | for each value of `by` with an inconsistent row: rows, inconsistent rows, median factor and excess |
/// | section `records` | the same by id |
package struct AggregateCheck: ForensicCheck {
  package static let definition = "aggregate"
  package static let summary =
    "Whether a printed mean, sum or product is what its parts give."
  package static let meaning = "The printed aggregate is not what its parts give, in some rows."

  /// The function of the parts that the printed column is said to be.
  package enum Statistic: String, FieldWord {
    /// Arithmetic mean.
    case mean
    /// Sum.
    case sum
    /// Product.
    case product
  }

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  package var parts: [Located<String>] = []
  package var statistic = Statistic.mean
  package var tolerance = 1e-6
  package var id: Located<String>?
  package var by: Located<String>?

  package init() {}

  package static let fields: [Field<AggregateCheck>] = [
    .table("dataset", \.dataset),
    .column("column", \.column, "The printed aggregate.", isNumeric: true),
    .columns("of", \.parts, "Its parts.", isRequired: true, isNumeric: true, orOne: true),
    .required("statistic", \.statistic, "The function of the parts that the column is said to be."),
    .optional(
      "tolerance", \.tolerance, "The largest relative difference of a consistent row.", .number(0...1, exclusive: false)
    ),
    .column("by", \.by, "Column by whose values inconsistent rows are counted."),
    .column("id", \.id, "Column that names a row in examples."),
  ]

  package var details: [String] { (by == nil ? [] : ["groups"]) + (id == nil ? [] : ["records"]) }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    checks.exclude(column, from: parts, "an aggregate is not a part of itself")
  }

  /// Examines the table. O(rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let printed = try table.readNumbers(column)
    var values: [[Double?]] = []
    guard !parts.isEmpty else { throw Reason("no part is named") }
    for part in parts { values.append(try table.readNumbers(part)) }
    var rows: [AggregateRow] = []
    for row in printed.indices {
      let parts = values.compactMap { $0[row] }
      guard let printed = printed[row], parts.count == values.count else { continue }
      let computed = combined(parts)
      guard computed.isFinite else { continue }
      rows.append(
        AggregateRow(
          row: row, printed: printed, computed: computed,
          isConsistent: Quantities.relativeDifference(printed, computed) <= tolerance))
    }
    guard !rows.isEmpty else { throw Reason("no row has the aggregate and all of its parts") }
    let wrong = rows.filter { !$0.isConsistent }
    let id = try id.map { name throws(Reason) in try table.read(name) }
    let by = try by.map { name throws(Reason) in try table.read(name) }
    let factors = wrong.compactMap(\.factor)
    let none = "no row is inconsistent"
    return Finding(
      !wrong.isEmpty,
      [
        FindingNumber("rows", "Rows", .count(rows.count)),
        FindingNumber("incomplete", "Rows without all values", .count(table.rowCount - rows.count)),
        FindingNumber("consistent", "Consistent rows", .count(rows.count - wrong.count)),
        FindingNumber("inconsistent", "Inconsistent rows", .count(wrong.count)),
        FindingNumber(
          "median-factor", "Median factor", Quantities.median(factors).number({ .number($0) }, else: none)),
        FindingNumber("least-factor", "Least factor", factors.min().number({ .number($0) }, else: none)),
        FindingNumber("greatest-factor", "Greatest factor", factors.max().number({ .number($0) }, else: none)),
        FindingNumber(
          "median-excess", "Median excess",
          Quantities.median(wrong.map(\.excess)).number({ .number($0) }, else: none)),
      ]
        + (id.map { id in
          [
            FindingNumber(
              "inconsistent-records", "Records with inconsistent rows",
              .count(Set(wrong.map { id.label($0.row) }).count))
          ]
        } ?? []), headline: ["rows", "inconsistent", "least-factor", "greatest-factor"],
      sections: [by.map { section("groups", $0, rows) }, id.map { section("records", $0, rows) }])
  }

  private func combined(_ parts: [Double]) -> Double {
    switch statistic {
    case .mean: Quantities.mean(parts) ?? .infinity
    case .sum: parts.reduce(0, +)
    case .product: parts.reduce(1, *)
    }
  }

  private func section(_ key: String, _ column: Column, _ rows: [AggregateRow]) -> FindingSection {
    var labels: [String] = []
    var groups: [String: [AggregateRow]] = [:]
    for row in rows {
      let label = column.label(row.row)
      if groups[label] == nil { labels.append(label) }
      groups[label, default: []].append(row)
    }
    let title = column.schema.displayTitle
    var section = FindingSection(key, "Inconsistent rows by \(title)", rowTitle: title)
    for label in labels {
      let all = groups[label] ?? []
      let wrong = all.filter { !$0.isConsistent }
      guard !wrong.isEmpty else { continue }
      section.add(
        label,
        [
          FindingNumber("rows", "Rows", .count(all.count)),
          FindingNumber("inconsistent", "Inconsistent", .count(wrong.count)),
          FindingNumber(
            "median-factor", "Median factor",
            Quantities.median(wrong.compactMap(\.factor)).number({ .number($0) }, else: "the parts give 0")),
          FindingNumber(
            "median-excess", "Median excess", Quantities.median(wrong.map(\.excess)).number { .number($0) }),
        ])
    }
    return section
  }
}

/// A row with its printed and computed aggregate.
private struct AggregateRow {
  let row: Int
  let printed: Double
  let computed: Double
  let isConsistent: Bool

  var factor: Double? { computed == 0 ? nil : printed / computed }
  var excess: Double { printed - computed }
}

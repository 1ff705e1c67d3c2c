import Documents
import Outcomes
import Specs
import Statistics
import Tables

/// Rows that stand for one architecture, such as records whose networks coincide, while another column differs: repeats that
/// show how noisy a target is.
///
/// Rows without a target or a key are left out and counted. Groups in which no differing column takes two values say
/// nothing of the noise, but their rows count among all rows. See `ReplicateReliability` for the reliability, the intraclass
/// correlation and the ceiling.
///
/// | number | what it is |
/// |---|---|
/// | `rows`, `incomplete` | rows with key and target; rows without |
/// | `distinct` | different keys |
/// | `groups`, `grouped-rows` | keys of two rows or more (in which `differs` takes two values); these rows |
/// | `equal-groups` | groups in which the target is the same in all rows |
/// | `within-deviation`, `total-deviation` | standard deviation of the noise, √WMS, and of all rows |
/// | `median-deviation` | median of the standard deviations of the groups, which a few failed repeats do not move |
/// | `best-half-deviation` | √WMS of the half of the groups whose median target is better, in the column's direction |
/// | `reliability`, `ceiling` | share of the variance that is not noise; its square root bounds any correlation |
/// | `intraclass-correlation`, `lower`, `upper` | one-way, with its 95 % interval |
/// | `median-range`, `largest-range` | of the range of the target within groups |
/// | section `strata` | the same for the rows of each stratum |
package struct ReplicatesCheck: ForensicCheck {
  package static let definition = "replicates"
  package static let summary =
    "Rows that stand for one architecture, and the noise of the target that they show."
  package static let meaning = "Some rows stand for one architecture, so that the noise of the target can be measured."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  /// The columns that rows of one architecture share.
  package var keys = ColumnSelection.all
  package var target = Located<String>.unread
  package var differs: [Located<String>] = []
  package var strata: [Located<String>] = []
  package var id: Located<String>?

  package init() {}

  package static let fields: [Field<ReplicatesCheck>] = [
    .table("dataset", \.dataset),
    .selection("same", \.keys, "Columns that rows of one architecture share, or all of role metric.", isRequired: true),
    .column("target", \.target, "Column whose spread within groups is measured.", isNumeric: true),
    .columns("differs", \.differs, "Columns of which one must differ within a group.", orOne: true),
    .columns("by", \.strata, "Columns that make strata.", orOne: true),
    .column("id", \.id, "Column that names a row in examples."),
  ]

  package var selection: ColumnSelection? { keys }
  package var details: [String] { strata.isEmpty ? [] : ["strata"] }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    checks.exclude(target, from: keys.named, "the target is what differs")
  }

  /// Examines the table. O(rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let values = try table.readNumbers(target)
    let id = try id.map { name throws(Reason) in try table.read(name) }
    let all = try RowGroups(table, by: table.chosen(keys)).rows.map { $0.filter { values[$0] != nil } }
    let groups = all.filter { !$0.isEmpty }
    let used = groups.reduce(0) { $0 + $1.count }
    guard used > 1 else { throw Reason("fewer than two rows have a key and a target") }
    let replicates = try differing(groups, table)
    var finding = Finding(
      !replicates.isEmpty,
      [
        FindingNumber("rows", "Rows with a target", .count(used)),
        FindingNumber("incomplete", "Rows without a key or a target", .count(table.rowCount - used)),
        FindingNumber("distinct", "Distinct keys", .count(groups.count)),
      ] + numbers(replicates, groups, values, table),
      headline: ["rows", "distinct", "groups", "within-deviation", "median-deviation", "reliability"],
      sections: try strata.isEmpty ? [] : [stratified(replicates, groups, values, table)],
      examples: id.map { id in replicates.prefix(Finding.exampleLimit).map { example($0, id) } } ?? [])
    if replicates.isEmpty { finding.headline = ["rows", "distinct", "groups"] }
    return finding
  }

  /// The groups of two rows or more in which one of the differing columns takes two values.
  private func differing(_ groups: [[Int]], _ table: Table) throws(Reason) -> [[Int]] {
    let repeated = groups.filter { $0.count > 1 }
    guard !differs.isEmpty else { return repeated }
    let columns = try table.read(differs)
    return repeated.filter { rows in
      columns.contains { column in rows.contains { column[$0] != column[rows[0]] } }
    }
  }

  private func numbers(
    _ replicates: [[Int]], _ groups: [[Int]], _ values: [Double?], _ table: Table
  ) -> [FindingNumber] {
    let spread = Spread(replicates, all: groups, values)
    let better = table[target.value]?.schema.better
    let reliability = spread.reliability
    func number(_ make: (ReplicateReliability) throws(Reason) -> Double) -> FindingValue {
      do throws(Reason) { return .number(try make(reliability.get())) } catch { return .undefined(error.text) }
    }
    return [
      FindingNumber("groups", "Groups of replicates", .count(replicates.count)),
      FindingNumber("grouped-rows", "Rows of those", .count(replicates.reduce(0) { $0 + $1.count })),
      FindingNumber("equal-groups", "Groups with one value of the target", .count(spread.ranges.count { $0 == 0 })),
      FindingNumber("within-deviation", "Deviation within groups", number { $0.errorDeviation }),
      FindingNumber(
        "median-deviation", "Median deviation within a group",
        Quantities.median(spread.deviations).number({ .number($0) }, else: "there are no replicates")),
      FindingNumber(
        "best-half-deviation", "Deviation within the better half of the groups",
        spread.bestHalfDeviation(better).number(
          { .number($0) },
          else: better == nil
            ? "the catalogue does not say which end of \(target.value) is better" : "there are no replicates")),
      FindingNumber("total-deviation", "Deviation of all rows", spread.total.number { .number($0) }),
      FindingNumber("reliability", "Reliability", number { $0.reliability }),
      FindingNumber(
        "ceiling", "Ceiling of a correlation",
        number { reliability throws(Reason) in try reliability.noiseCeiling() }),
      FindingNumber("intraclass-correlation", "Intraclass correlation", number { $0.intraclassCorrelation }),
      FindingNumber("lower", "Lower end, 95 %", number { made throws(Reason) in try made.interval.get().lower }),
      FindingNumber("upper", "Upper end, 95 %", number { made throws(Reason) in try made.interval.get().upper }),
      FindingNumber(
        "median-range", "Median range within a group",
        Quantities.median(spread.ranges).number({ .number($0) }, else: "there are no replicates")),
      FindingNumber(
        "largest-range", "Largest range within a group",
        spread.ranges.max().number({ .number($0) }, else: "there are no replicates")),
    ]
  }

  private func stratified(
    _ replicates: [[Int]], _ groups: [[Int]], _ values: [Double?], _ table: Table
  ) throws(Reason) -> FindingSection {
    let columns = try table.read(strata)
    let stratumRows = try RowGroups(table, by: strata).rows.sorted { Self.precedes($0[0], $1[0], columns) }
    var section = FindingSection("strata", "By \(strata.map(\.value).joined(separator: ", "))", rowTitle: "Stratum")
    for rows in stratumRows.prefix(Finding.rowLimit) {
      let members = Set(rows)
      let inside = { (group: [Int]) in group.filter { members.contains($0) } }
      let all = groups.map(inside).filter { !$0.isEmpty }
      guard let first = rows.first else { continue }
      let count = all.reduce(0) { $0 + $1.count }
      let label = columns.map { $0.label(first) }
      section.add(
        label.joined(separator: ", "), key: label.joined(separator: "-"),
        [FindingNumber("rows", "Rows", .count(count))]
          + numbers(replicates.map(inside).filter { $0.count > 1 }, all, values, table))
    }
    section.omit(max(0, stratumRows.count - Finding.rowLimit))
    return section
  }

  /// Whether a row's values come before another's: numbers by size, text by its letters.
  private static func precedes(_ left: Int, _ right: Int, _ columns: [Column]) -> Bool {
    for column in columns {
      let (first, second) = (column[left], column[right])
      guard first != second else { continue }
      if let first = first.double, let second = second.double { return first < second }
      return column.label(left) < column.label(right)
    }
    return left < right
  }

  private func example(_ group: [Int], _ id: Column) -> FindingExample {
    let ids = group.prefix(DuplicatesCheck.idLimit).map { id.label($0) }.joined(separator: ", ")
    return FindingExample("\(group.count) rows", group.count > DuplicatesCheck.idLimit ? ids + ", …" : ids)
  }
}

/// The range of the values in each group of replicates, the standard deviation of all values, and the replicates' reliability.
private struct Spread {
  let ranges: [Double]
  /// Standard deviation of each group.
  let deviations: [Double]
  let total: Double?
  private let groups: [[Double]]
  let reliability: Result<ReplicateReliability, Reason>

  init(_ replicates: [[Int]], all: [[Int]], _ values: [Double?]) {
    let groups = replicates.map { $0.compactMap { values[$0] } }
    self.groups = groups
    ranges = groups.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
    deviations = groups.compactMap { Quantities.standardDeviation($0) }
    total = Quantities.standardDeviation(all.flatMap { $0.compactMap { values[$0] } })
    // Rows that are no replicates stand by themselves.
    let replicated = Set(replicates.joined())
    let single = all.joined().filter { !replicated.contains($0) }.map { [values[$0]].compactMap { $0 } }
    do throws(Reason) {
      reliability = .success(try ReplicateReliability(groups + single))
    } catch {
      reliability = .failure(error)
    }
  }

  /// √WMS of the groups whose median is among the better half of the medians; nil without a direction or groups.
  func bestHalfDeviation(_ better: Direction?) -> Double? {
    guard let better else { return nil }
    let kept = groups.filter { $0.count > 1 }
    let medians = kept.map { Quantities.median($0) ?? 0 }
    let best = Truncation.rows(medians, share: 0.5, higherIsBetter: better == .higher)
    var (squares, freedom) = (0.0, 0.0)
    for group in best {
      guard let deviation = Quantities.standardDeviation(kept[group]) else { continue }
      squares += Double(kept[group].count - 1) * deviation * deviation
      freedom += Double(kept[group].count - 1)
    }
    let deviation = freedom > 0 ? (squares / freedom).squareRoot() : .nan
    return deviation.isFinite ? deviation : nil
  }
}

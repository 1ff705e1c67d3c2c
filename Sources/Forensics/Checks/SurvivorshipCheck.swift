import Documents
import Outcomes
import Specs
import Statistics
import Tables

/// Who is missing: keys of one table without a partner in another, why, and how they differ in the target.
///
/// The target of a key is its first defined one. With m missing and p present keys that have a target, the superiority is
/// P(missing > present) + ½ P(equal) over all m·p pairs: ½ when being missing says nothing about the target.
///
/// | number | what it is |
/// |---|---|
/// | `rows`, `keys`, `incomplete` | rows with a key, and distinct keys, of the first table; rows without a key |
/// | `survivors` | keys of the first table that are in the second |
/// | `missing`, `missing-share` | keys that are not, and their share |
/// | `strangers` | keys of the second table that the first does not hold |
/// | `repeated` | keys of the first table in two rows or more |
/// | `rows-without-target`, `keys-without-target` | rows, and keys, without a defined target |
/// | `missing-with-target` | missing keys that have a target |
/// | `present-mean`, `missing-mean`, `present-median`, `missing-median`, `difference` | of the target; difference of the means, missing − present |
/// | `superiority` | as above, with its 95 % bootstrap interval: keys are drawn, or whole clusters of them |
/// | section `reasons` | rows without a target by the reason |
/// | section `groups-…` | for each column in `by`: keys, missing keys, their share, by its value |
package struct SurvivorshipCheck: ForensicCheck {
  package static let definition = "survivorship"
  package static let summary =
    "Keys of a dataset that are missing from another, why, and how they differ in the target."
  package static let meaning = "Some keys of the first table are missing from the second."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  /// The dataset in which keys are looked for.
  package var survivors = Located<String>.unread
  /// The columns that make a key, in both tables; compared as text.
  package var keys: [Located<String>] = []
  package var target: Located<String>?
  package var by: [Located<String>] = []
  /// The seed of the resamples that the interval of the superiority is from.
  package var seed = Seed()

  package init() {}

  package static let fields: [Field<SurvivorshipCheck>] = [
    .table("dataset", \.dataset, "Name of the dataset whose keys are looked for."),
    .table("survivors", \.survivors, "Name of the dataset in which they are looked for.", role: .other),
    .columns("on", \.keys, "Key columns, in both.", isRequired: true, orOne: true, in: [.own, .other]),
    .column("target", \.target, "Column in which missing and present keys are compared.", isNumeric: true),
    .columns("by", \.by, "Columns by whose values missing keys are counted.", orOne: true),
    .optional("seed", \.seed, "Seed of the resamples for the interval of the superiority."),
  ]

  package var details: [String] { (target == nil ? [] : ["reasons"]) + by.map { "groups-\($0.value)" } }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    guard survivors.value == dataset.value else { return }
    checks.report(
      "same-dataset", survivors, "\(survivors.value) is held against itself",
      reason: "no key is missing from its own dataset", fix: "name the dataset of the survivors")
  }

  /// Examines the tables. O(n log n).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    guard let other = tables.other else { throw Reason("there is no second table") }
    let table = tables.table
    let own = try KeyRows(table, keys.map(\.value))
    let partners = try KeyRows(other, keys.map(\.value))
    guard !own.keys.isEmpty else { throw Reason("no row of the first table has a key") }
    let isMissing = own.keys.map { partners.rows[$0] == nil }
    let missing = isMissing.count { $0 }
    var numbers = [
      FindingNumber("rows", "Rows", .count(own.keys.reduce(0) { $0 + (own.rows[$1]?.count ?? 0) })),
      FindingNumber("keys", "Distinct keys", .count(own.keys.count)),
      FindingNumber("incomplete", "Rows without a key", .count(own.incomplete)),
      FindingNumber("survivors", "Keys in the second table", .count(own.keys.count - missing)),
      FindingNumber("missing", "Missing keys", .count(missing)),
      FindingNumber("missing-share", "Share of the keys", .share(missing, of: own.keys.count)),
      FindingNumber("strangers", "Keys of the second table alone", .count(partners.keys.count { own.rows[$0] == nil })),
      FindingNumber("repeated", "Keys in two rows or more", .count(own.keys.count { (own.rows[$0]?.count ?? 0) > 1 })),
    ]
    var sections: [FindingSection] = []
    if let target {
      let column = try table.read(target)
      let values = try table.readNumbers(target)
      numbers += compared(own, isMissing, values, table.clusters)
      sections.append(reasons(own, column))
    }
    for name in by { sections.append(groups(own, isMissing, try table.read(name))) }
    return Finding(
      missing > 0, numbers,
      headline: ["keys", "missing"] + (target == nil ? [] : ["missing-with-target", "superiority"]), sections: sections)
  }

  private func compared(
    _ own: KeyRows, _ isMissing: [Bool], _ values: [Double?], _ clusters: [Int]?
  ) -> [FindingNumber] {
    let targets = own.keys.map { key in own.rows[key]?.lazy.compactMap { values[$0] }.first }
    let missing = zip(targets, isMissing).compactMap { $1 ? $0 : nil }
    let present = zip(targets, isMissing).compactMap { $1 ? nil : $0 }
    let (missingMean, presentMean) = (Quantities.mean(missing), Quantities.mean(present))
    let difference = missingMean.flatMap { missing in presentMean.map { missing - $0 } }
    let none = "no such key has a target"
    func number(_ key: String, _ title: String, _ value: Double?) -> FindingNumber {
      FindingNumber(key, title, value.number({ .number($0) }, else: none))
    }
    let rowsWithout = own.keys.reduce(0) { $0 + (own.rows[$1]?.count { values[$0] == nil } ?? 0) }
    return [
      FindingNumber("rows-without-target", "Rows without a target", .count(rowsWithout)),
      FindingNumber("keys-without-target", "Keys without a target", .count(targets.count { $0 == nil })),
      FindingNumber("missing-with-target", "Missing keys with a target", .count(missing.count)),
      number("present-mean", "Mean target of present keys", presentMean),
      number("missing-mean", "Mean target of missing keys", missingMean),
      number("difference", "Difference of the means", difference),
      number("present-median", "Median target of present keys", Quantities.median(present)),
      number("missing-median", "Median target of missing keys", Quantities.median(missing)),
      FindingNumber(
        "superiority", "Probability that a missing key exceeds a present one",
        superiority(own, targets, isMissing, clusters) ?? .undefined(none)),
    ]
  }

  /// The superiority with its interval; nil when a kind has no key with a target.
  private func superiority(
    _ own: KeyRows, _ targets: [Double?], _ isMissing: [Bool], _ clusters: [Int]?
  ) -> FindingValue? {
    let used = targets.indices.filter { targets[$0] != nil }
    let units = clusters.map { clusters in used.map { own.rows[own.keys[$0]]?.first.map { clusters[$0] } ?? -1 } }
    let settings = BootstrapSettings(resamples: 1999, seed: seed.bits)
    guard
      let made = try? Superiority.estimate(
        used.compactMap { targets[$0] }, isFirst: used.map { isMissing[$0] }, clusters: units, settings: settings)
    else { return nil }
    let ends = made.interval?.value
    return .estimated(
      EstimatedShare(
        value: made.value, lower: ends?.lower, upper: ends?.upper, intervalUndefined: made.interval?.reason?.text,
        n: used.count, level: settings.level,
        method: "BCa bootstrap, 1,999 resamples of \(clusters == nil ? "keys" : "clusters of keys")",
        seed: seed.value))
  }

  /// P(x > y) + ½ P(x = y) over all pairs.
  static func superiority(_ x: [Double], _ y: [Double]) -> Double? {
    guard !x.isEmpty, !y.isEmpty else { return nil }
    let (x, y) = (x.sorted(), y.sorted())
    var (below, notAbove) = (0, 0)
    var doubled = 0.0
    for value in x {
      while below < y.count, y[below] < value { below += 1 }
      while notAbove < y.count, y[notAbove] <= value { notAbove += 1 }
      doubled += Double(below + notAbove)
    }
    return doubled / 2 / Double(x.count) / Double(y.count)
  }

  private func reasons(_ own: KeyRows, _ target: Column) -> FindingSection {
    var counts: [String: Int] = [:]
    for key in own.keys {
      for row in own.rows[key] ?? [] { if let reason = target.undefined[row] { counts[reason, default: 0] += 1 } }
    }
    var section = FindingSection("reasons", "Why the target is missing", rowTitle: "Reason")
    for (reason, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      section.add(reason, [FindingNumber("rows", "Rows", .count(count))])
    }
    return section
  }

  private func groups(_ own: KeyRows, _ isMissing: [Bool], _ column: Column) -> FindingSection {
    var counts: [String: (keys: Int, missing: Int)] = [:]
    for (key, isMissing) in zip(own.keys, isMissing) {
      let value = own.rows[key]?.lazy.compactMap { column.text($0) }.first ?? "no value"
      counts[value, default: (0, 0)].keys += 1
      if isMissing { counts[value, default: (0, 0)].missing += 1 }
    }
    let name = column.schema.name
    var section = FindingSection(
      "groups-\(name)", "By \(column.schema.displayTitle)", rowTitle: column.schema.displayTitle)
    let order = counts.sorted { left, right in
      left.value.missing == right.value.missing ? left.key < right.key : left.value.missing > right.value.missing
    }
    for (value, count) in order {
      section.add(
        value,
        [
          FindingNumber("keys", "Keys", .count(count.keys)), FindingNumber("missing", "Missing", .count(count.missing)),
          FindingNumber("share", "Share", .share(count.missing, of: count.keys)),
        ])
    }
    return section
  }
}

/// The rows of each key of a table.
private struct KeyRows {
  /// Keys in order of first occurrence.
  private(set) var keys: [[String]] = []
  private(set) var rows: [[String]: [Int]] = [:]
  private(set) var incomplete = 0

  init(_ table: Table, _ names: [String]) throws(Reason) {
    let columns = try table.read(names)
    for row in 0..<table.rowCount {
      let key = columns.compactMap { $0.text(row) }
      guard key.count == columns.count else {
        incomplete += 1
        continue
      }
      if rows[key] == nil { keys.append(key) }
      rows[key, default: []].append(row)
    }
  }
}

import Outcomes
import Reductions
import Statistics
import Tables

/// The rows of a table that have a target, as a sample of features.
struct FeatureRows {
  /// The sample.
  let sample: FeatureSample
  /// Rows without a target, which are left out.
  let missing: Int
  /// The labels of the strata in order of first occurrence, such as `4`, `256`.
  let strataLabels: [[String]]

  init(
    _ table: Table, target: ResolvedTarget, features: [ColumnSchema], strata: [ColumnSchema], isClustered: Bool
  ) throws(Reason) {
    guard let column = table[target.column] else { throw Reason("no column \(target.column)") }
    try column.requireExact()
    let numbers = column.numbers
    let rows = numbers.indices.filter { numbers[$0] != nil }
    missing = numbers.count - rows.count
    var columns: [FeatureColumn] = []
    for schema in features {
      guard let feature = table[schema.name] else { throw Reason("no column \(schema.name)") }
      try feature.requireExact()
      columns.append(FeatureColumn(feature).selecting(rows: rows))
    }
    for schema in strata where table[schema.name] == nil { throw Reason("no column \(schema.name)") }
    let groups = table.groups(by: strata.map(\.name))
    var seen: Set<Int> = []
    strataLabels = rows.filter { seen.insert(groups[$0]).inserted }.map { row in
      strata.map { table[$0.name]?.text(row) ?? "undefined" }
    }
    let clusters = isClustered ? table.clusters.map { all in rows.map { all[$0] } } : nil
    do throws(Reason) {
      sample = try FeatureSample(
        features: columns, target: rows.compactMap { numbers[$0] }, higherIsBetter: target.better == .higher,
        strata: rows.map { groups[$0] }, clusters: clusters)
    } catch {
      throw Reason("\(target.column): \(error.text)")
    }
  }
}

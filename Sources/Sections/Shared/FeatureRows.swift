import Documents
import Outcomes
import Reductions
import Specs
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
    let column = try table.column(target.column)
    try column.requireExact()
    let numbers = column.numbers
    let rows = numbers.indices.filter { numbers[$0] != nil }
    missing = numbers.count - rows.count
    var columns: [FeatureColumn] = []
    for feature in try table.columns(features.map(\.name)) {
      try feature.requireExact()
      columns.append(FeatureColumn(feature).selecting(rows: rows))
    }
    let strataColumns = try table.columns(strata.map(\.name))
    let groups = table.groups(by: strata.map(\.name))
    var seen: Set<Int> = []
    strataLabels = rows.filter { seen.insert(groups[$0]).inserted }.map { row in
      strataColumns.map { $0.text(row) ?? "undefined" }
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

extension AnalysisChecks {
  /// Reports more features than are looked at together.
  mutating func checkFeatureCount(_ features: [Located<String>], of name: Located<String>, greatest: Int) {
    if features.count > greatest {
      report(
        "too-many", name, "\(name.value) has \(features.count) features", reason: "at most \(greatest)",
        fix: "name fewer columns")
    }
  }
}

extension ColumnLookup {
  /// Columns of features, without the target; those that do not fit have been reported.
  mutating func features(
    _ names: [Located<String>], of target: ResolvedTarget, in table: KnownTable
  ) -> [ColumnSchema] {
    names.compactMap { name in
      if name.value == target.column {
        report(
          name, id: "feature-is-target", "\(name.value) is the target, not a feature", fix: "take it out")
        return nil
      }
      return checkColumn(name, in: table)
    }
  }
}

extension Column {
  /// Makes sure that means, levels and differences in the column's own unit keep its values.
  ///
  /// - Throws: `Reason` for a column of whole numbers that no Double equals.
  func requireExact() throws(Reason) {
    guard !isExact else { return }
    throw Reason(
      "the column \(schema.name) holds \(Self.beyondExact), and its means and levels would be rounded; derive a column "
        + "of it less a constant, such as `\(schema.name) - 9007199254740992`, and use that")
  }
}

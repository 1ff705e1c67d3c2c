import Outcomes
import Statistics
import Tables

/// Architectures with their features and a target.
package struct FeatureSample: Sendable, Hashable {
  package var features: [FeatureColumn]
  /// The target of each row.
  package var target: [Double]
  /// True when a larger target is better.
  package var higherIsBetter: Bool
  /// The stratum of each row, as any number.
  package var strata: [Int]
  /// The cluster of each row; nil when every row stands by itself.
  package var clusters: [Int]?

  /// Creates a sample.
  ///
  /// - Throws: `Reason` when there are no rows, columns differ in length, or a target is not finite.
  package init(
    features: [FeatureColumn], target: [Double], higherIsBetter: Bool, strata: [Int]? = nil, clusters: [Int]? = nil
  ) throws(Reason) {
    let count = target.count
    guard count > 0 else { throw Reason("no rows") }
    guard features.allSatisfy({ $0.count == count }), strata.map({ $0.count == count }) ?? true,
      clusters.map({ $0.count == count }) ?? true
    else { throw Reason("the columns differ in length") }
    guard target.allSatisfy(\.isFinite) else { throw Reason("a target is not finite") }
    self.features = features
    self.target = target
    self.higherIsBetter = higherIsBetter
    self.strata = strata ?? [Int](repeating: 0, count: count)
    self.clusters = clusters
  }

  /// The sample with a row for each cluster, its target the mean of the cluster's; the sample itself without clusters.
  /// Permutations and counts need rows that are independent of one another, which repeats of one architecture are not.
  ///
  /// - Returns: The sample, and the first row of each cluster.
  /// - Throws: `Reason` when a cluster holds different values of a feature, or lies in several strata.
  package func units() throws(Reason) -> (sample: FeatureSample, firsts: [Int]) {
    guard let clusters else { return (self, Array(target.indices)) }
    let members = Strata(clusters).members
    for feature in features where !Self.isConstant(feature, within: members) {
      throw Reason("\(feature.name) is not the same in all rows of a cluster")
    }
    guard members.allSatisfy({ rows in rows.allSatisfy { strata[$0] == strata[rows[0]] } }) else {
      throw Reason("a cluster lies in several strata")
    }
    let firsts = members.map { $0[0] }
    let units = try FeatureSample(
      features: features.map { $0.selecting(rows: firsts) },
      target: members.map { rows in Mean.value(rows.map { target[$0] }) },
      higherIsBetter: higherIsBetter, strata: firsts.map { strata[$0] })
    return (units, firsts)
  }

  private static func isConstant(_ feature: FeatureColumn, within members: [[Int]]) -> Bool {
    func isConstant<Value: Equatable>(_ values: [Value?]) -> Bool {
      members.allSatisfy { rows in rows.allSatisfy { values[$0] == values[rows[0]] } }
    }
    return switch feature.values {
    case .numbers(let values): isConstant(values)
    case .texts(let values): isConstant(values)
    case .truths(let values): isConstant(values)
    }
  }
}

/// A column as a feature: numbers, or levels without an order.
package struct FeatureColumn: Sendable, Hashable {
  /// The values of a feature; nil where there is none.
  package enum Values: Sendable, Hashable {
    case numbers([Double?])
    case texts([String?])
    case truths([Bool?])
  }

  /// The column's name.
  package var name: String
  /// The name for people.
  package var title: String
  package var values: Values

  package init(name: String, title: String, values: Values) {
    self.name = name
    self.title = title
    self.values = values
  }

  /// Reads a feature from a column of a table.
  package init(_ column: Column) {
    name = column.schema.name
    title = column.schema.displayTitle
    switch column.schema.type {
    case .integer, .real: values = .numbers(column.numbers)
    case .text: values = .texts((0..<column.count).map { column.text($0) })
    case .boolean: values = .truths(column.numbers.map { $0.map { $0 > 0 } })
    }
  }

  /// The number of rows.
  package var count: Int {
    switch values {
    case .numbers(let values): values.count
    case .texts(let values): values.count
    case .truths(let values): values.count
    }
  }

  /// The feature in the given rows, in that order.
  package func selecting(rows: [Int]) -> FeatureColumn {
    var selected = self
    switch values {
    case .numbers(let values): selected.values = .numbers(rows.map { values[$0] })
    case .texts(let values): selected.values = .texts(rows.map { values[$0] })
    case .truths(let values): selected.values = .truths(rows.map { values[$0] })
    }
    return selected
  }
}

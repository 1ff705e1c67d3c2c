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

  /// A row for each unit: permutations and counts need rows that are independent of one another, which repeats of one thing are
  /// not.
  struct Units: Sendable {
    /// The rows of each unit.
    let members: [[Int]]
    /// The mean target of each unit.
    let target: [Double]
    /// The stratum of each unit, or why there is none: a unit lies in several.
    let strata: Outcome<[Int]>
    /// For each feature whether it is the same in all rows of every unit.
    let isConstant: [Bool]

    /// The first row of each unit.
    var firsts: [Int] { members.map { $0[0] } }

    /// The mean of a column in each unit.
    func means(_ column: [Double]) -> [Double] { members.map { rows in Mean.value(rows.map { column[$0] }) } }
  }

  /// The units; every row is one without clusters.
  var units: Units {
    let members = clusters.map { Strata($0).members } ?? target.indices.map { [$0] }
    let isInOne = members.allSatisfy { rows in rows.allSatisfy { strata[$0] == strata[rows[0]] } }
    return Units(
      members: members, target: members.map { rows in Mean.value(rows.map { target[$0] }) },
      strata: isInOne
        ? .success(members.map { strata[$0[0]] }) : .failure(Reason("rows of one unit lie in several strata")),
      isConstant: features.map { Self.isConstant($0, within: members) })
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

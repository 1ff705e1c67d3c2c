import Tables

/// A column as a feature: numbers, or levels without an order.
package struct FeatureColumn: Sendable, Hashable {
  /// The values of a feature; nil where there is none.
  package enum Values: Sendable, Hashable {
    /// Numbers.
    case numbers([Double?])
    /// Text.
    case texts([String?])
    /// Truth values.
    case truths([Bool?])
  }

  /// The column's name.
  package var name: String
  /// The name for people.
  package var title: String
  /// The values.
  package var values: Values

  /// Creates a feature.
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

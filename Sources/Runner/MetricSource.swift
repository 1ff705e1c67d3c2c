import Documents
import Tables

/// Where the values of a metric or baseline come from.
package enum MetricSource: Sendable, Hashable {
  /// A column.
  case column(String)
  /// The order by the first column, ties broken by the next.
  case lexicographic([String])

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    switch self {
    case .column(let name): .string(name)
    case .lexicographic(let names): .record(["lexicographic": .array(names.map { .string($0) })])
    }
  }
}

/// A metric or baseline of a correlation family.
package struct FamilyMember: Sendable, Hashable {
  /// Kebab-case name; results are addressed by it.
  package var name: String
  /// The name for people.
  package var title: String
  /// Whether it is a trivial predictor.
  package var isBaseline: Bool
  /// Which end is declared to be better.
  package var better: Direction?
  /// Where the values come from.
  package var source: MetricSource
}

/// A column with its direction.
package struct ResolvedTarget: Sendable, Hashable {
  /// The dataset's name in the analysis.
  package var dataset: String
  /// The column.
  package var column: String
  /// The name for people.
  package var title: String
  /// Which end is better.
  package var better: Direction
}

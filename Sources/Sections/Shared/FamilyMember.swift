import Documents
import Outcomes
import Statistics
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

  /// Describes a member.
  package init(name: String, title: String, isBaseline: Bool, better: Direction?, source: MetricSource) {
    self.name = name
    self.title = title
    self.isBaseline = isBaseline
    self.better = better
    self.source = source
  }

  /// A column as a metric or a baseline.
  init(_ schema: ColumnSchema, isBaseline: Bool) {
    self.init(
      name: schema.name, title: schema.displayTitle, isBaseline: isBaseline, better: schema.better,
      source: .column(schema.name))
  }

  /// What a member is, as results say it.
  enum Role: String, Codable, Sendable {
    case metric, baseline
  }

  /// Whether it is a metric or a trivial predictor.
  var role: Role { isBaseline ? .baseline : .metric }

  /// The name for people in tables, which tells baselines apart.
  var label: String { isBaseline ? "\(title) (baseline)" : title }

  /// Whether it is an order by columns, which has ranks and no values.
  var isOrder: Bool { if case .lexicographic = source { true } else { false } }

  /// Why a coefficient of it has no meaning; nil when it has one.
  func objection(to coefficient: Coefficient) -> Reason? {
    coefficient == .pearson && isOrder ? Reason("an order has ranks, not values") : nil
  }
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

extension MetricSource {
  /// The values in a table, by row, less a constant where whole numbers ask for it (`Column.offsets`); those of an order are
  /// its dense ranks.
  func numbers(in table: Table) throws(Reason) -> [Double?] {
    switch self {
    case .column(let name): try table.column(name).offsets.values
    case .lexicographic(let names): Lexicographic.scores(try table.columns(names).map(\.offsets.values))
    }
  }
}

import Documents
import Outcomes
import Statistics
import Tables

/// The source of the values of a metric or baseline: a column, an order by columns, or a rank fitted to columns.
package enum MetricSource: Sendable, Hashable {
  /// The values of the column of this name.
  case column(String)
  /// The order by the first column, ties broken by the next.
  case lexicographic([String])
  /// The rank by a linear fit of the target to columns.
  case crossFitted(CrossFittedSource)

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    switch self {
    case .column(let name): .string(name)
    case .lexicographic(let names): .record(["lexicographic": .array(names.map { .string($0) })])
    case .crossFitted(let source): source.parameters
    }
  }
}

/// A metric or baseline of a correlation family.
package struct FamilyMember: Sendable, Hashable {
  /// Kebab-case name; results are addressed by it.
  package var name: String
  /// The name for people.
  package var title: String
  /// True for a trivial predictor, false for a metric.
  package var isBaseline: Bool
  /// The end that is declared to be better; nil when none is.
  package var better: Direction?
  /// The column, or the order by columns, that gives the values.
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

  /// The words for members in results.
  enum Role: String, Codable, Sendable {
    case metric, baseline
  }

  var role: Role { isBaseline ? .baseline : .metric }

  /// The name for people in tables, which tells baselines apart.
  var label: String { isBaseline ? "\(title) (baseline)" : title }

  /// True for an order by columns or a rank fitted to them, which have ranks and no values.
  var isOrder: Bool { if case .column = source { false } else { true } }

  /// The reason for which a coefficient of it has no meaning, as Pearson's r of an order; nil when it has one.
  func objection(to coefficient: Coefficient) -> Reason? {
    coefficient == .pearson && isOrder ? Reason("an order has ranks, not values") : nil
  }
}

/// A target column with its title and its better end.
package struct ResolvedTarget: Sendable, Hashable {
  /// The dataset's name in the analysis.
  package var dataset: String
  /// The column's name.
  package var column: String
  /// The name for people.
  package var title: String
  /// The better end: that of the target's spec, or else the catalogue's.
  package var better: Direction
  /// True for what is no quality itself, a size or another metric: no metric declares which way it goes with these.
  package var isProxy = false
}

extension MetricSource {
  /// The values in a table, by row, less a constant where whole numbers ask for it (`Column.offsets`); those of an order are
  /// its dense ranks, those of a fit its cross-fitted mid-ranks, with the table's clusters for units. A fit is of all rows, and
  /// stays as it is when rows are resampled or left out.
  func numbers(in table: Table) throws(Reason) -> [Double?] {
    switch self {
    case .column(let name): try table.column(name).offsets.values
    case .lexicographic(let names): Lexicographic.scores(try table.columns(names).map(\.offsets.values))
    case .crossFitted(let source):
      try CrossFittedRank.scores(
        try table.columns(source.columns).map(\.offsets.values),
        target: try table.column(source.target).offsets.values, higherIsBetter: source.targetHigherIsBetter,
        units: table.clusters, folds: source.folds, seed: source.seed.bits)
    }
  }
}

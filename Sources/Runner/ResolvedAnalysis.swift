import Specs
import Tables

/// An analysis whose names have been looked up in the data catalogue.
public struct ResolvedAnalysis: Sendable {
  /// The spec.
  public var analysis: Analysis
  /// The tables that steps read, in order.
  public var tables: [ResolvedTable]
  /// The correlation families, in order.
  public var families: [ResolvedFamily]

  /// The table of a name.
  func table(_ name: String) -> ResolvedTable? { tables.first { $0.name == name } }

  /// The family of a name.
  func family(_ name: String) -> ResolvedFamily? { families.first { $0.name == name } }
}

/// A dataset as an analysis uses it, with the columns it will have.
public struct ResolvedTable: Sendable {
  /// The name in the analysis.
  public var name: String
  /// How the spec uses the dataset.
  public var use: DatasetUse
  /// The columns after joins.
  public var columns: [ColumnSchema]
  /// The columns that make clusters; nil when every row stands by itself.
  public var clusterColumns: [String]?

  /// The schema of a column.
  func column(_ name: String) -> ColumnSchema? { columns.first { $0.name == name } }
}

/// A correlation family with its target and members.
public struct ResolvedFamily: Sendable {
  /// The name in the analysis.
  public var name: String
  /// The name for people.
  public var title: String
  /// The target.
  public var target: ResolvedTarget
  /// Metrics, then baselines, each in the order of the spec or the catalogue.
  public var members: [FamilyMember]
  /// How the spec describes it.
  public var spec: CorrelationFamily
  /// Whether rows are in clusters.
  public var isClustered: Bool
}

import Tables

/// A table of an analysis as far as it is known before anything is computed: what a part needs to look its columns up.
package struct KnownTable: Sendable, Hashable {
  /// The name in the analysis.
  package var name: String
  /// The columns it will have.
  package var columns: [ColumnSchema]
  /// What one of the units is called whose rows are drawn together; nil when every row stands by itself.
  package var unit: UnitNoun?

  /// Describes a table.
  package init(name: String, columns: [ColumnSchema], unit: UnitNoun? = nil) {
    self.name = name
    self.columns = columns
    self.unit = unit
  }

  /// The schema of a column.
  package func column(_ name: String) -> ColumnSchema? { columns.first { $0.name == name } }

  /// The columns of role metric that hold no text.
  package var metrics: [ColumnSchema] { columns.filter { $0.role == .metric && $0.type != .text } }
}

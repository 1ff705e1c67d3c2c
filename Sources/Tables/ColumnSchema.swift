/// The type of a column's values.
package enum ColumnType: String, Sendable, Hashable, Codable, CaseIterable {
  case text
  /// A whole number.
  case integer
  /// A finite real number.
  case real
  /// A truth value.
  case boolean
}

/// The end of a column that is the good one.
package enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
  /// Larger values are better.
  case higher
  /// Smaller values are better.
  case lower
}

/// The part that a column plays in an analysis.
package enum ColumnRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// Names the row or what it belongs to.
  case identifier
  /// Trained performance.
  case target
  /// A training-free metric.
  case metric
  /// A trivial predictor, such as a parameter count.
  case baseline
  /// A property of the architecture.
  case feature
  /// Anything else.
  case other
}

/// The name, type and meaning of a column.
package struct ColumnSchema: Sendable, Hashable, Codable {
  /// Kebab-case name, unique in its table.
  package var name: String
  /// The type of its values.
  package var type: ColumnType
  /// The name for people; the column's name when nil.
  package var title: String?
  /// The part that it plays in an analysis.
  package var role: ColumnRole
  /// The unit of its values, when they have one.
  package var unit: String?
  /// The better end of its values, when one is.
  package var better: Direction?
  /// A sentence on its content.
  package var summary: String?

  package init(
    name: String, type: ColumnType, title: String? = nil, role: ColumnRole = .other, unit: String? = nil,
    better: Direction? = nil, summary: String? = nil
  ) {
    self.name = name
    self.type = type
    self.title = title
    self.role = role
    self.unit = unit
    self.better = better
    self.summary = summary
  }

  /// The name for people.
  package var displayTitle: String { title ?? name }
}

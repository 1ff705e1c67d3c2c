/// The type of a column's values.
public enum ColumnType: String, Sendable, Hashable, Codable, CaseIterable {
  /// Text.
  case text
  /// A whole number.
  case integer
  /// A finite real number.
  case real
  /// A truth value.
  case boolean
}

/// Which end of a column is the good one.
public enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
  /// Larger values are better.
  case higher
  /// Smaller values are better.
  case lower
}

/// What a column is for.
public enum ColumnRole: String, Sendable, Hashable, Codable, CaseIterable {
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
public struct ColumnSchema: Sendable, Hashable, Codable {
  /// Kebab-case name, unique in its table.
  public var name: String
  /// The type of its values.
  public var type: ColumnType
  /// The name for people; the column's name when nil.
  public var title: String?
  /// What it is for.
  public var role: ColumnRole
  /// The unit of its values, when they have one.
  public var unit: String?
  /// Which end is better, when one is.
  public var better: Direction?
  /// What it holds, in a sentence.
  public var summary: String?

  /// Creates a schema.
  public init(
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
  public var displayTitle: String { title ?? name }
}

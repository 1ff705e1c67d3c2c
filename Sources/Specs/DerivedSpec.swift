/// A column that an analysis derives from those of a dataset.
public struct DerivedSpec: Sendable, Hashable {
  /// What a derived column is for.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Trained performance.
    case target
    /// A training-free metric.
    case metric
    /// A trivial predictor.
    case baseline
    /// A property of the architecture.
    case feature
    /// Anything else.
    case other
  }

  /// The most derived columns of a dataset.
  public static let limit = 200

  /// The column's name.
  public var name: Located<String>
  /// Its values.
  public var expression: LocatedExpression
  /// The name for people; the expression's canonical form when nil.
  public var title: String?
  /// Which end is better, when one is.
  public var better: BetterEnd?
  /// What it is for; a feature by default.
  public var role: Role
}

/// A column that an analysis derives from those of a dataset.
package struct DerivedSpec: Sendable, Hashable {
  /// What a derived column is for.
  package enum Role: String, Sendable, Hashable, CaseIterable {
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
  package static let limit = 200

  /// The column's name.
  package var name: Located<String>
  /// Its values.
  package var expression: LocatedExpression
  /// The name for people; the expression's canonical form when nil.
  package var title: String?
  /// Which end is better, when one is.
  package var better: BetterEnd?
  /// What it is for; a feature by default.
  package var role: Role
}

/// Computed columns held against published ones, row by row.
package struct ComparisonSpec: Sendable, Hashable {
  /// A computed column with its published one.
  package struct Pair: Sendable, Hashable {
    /// The name in the results; the computed column's by default.
    package var name: Located<String>
    /// The name for people; the computed column's when nil.
    package var title: String?
    /// The computed column.
    package var computed: Located<String>
    /// The published column.
    package var published: Located<String>
  }

  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The dataset's name in the analysis; it has both columns of each pair.
  package var dataset: Located<String>
  /// The pairs, in order.
  package var pairs: [Pair]
}

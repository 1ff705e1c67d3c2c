/// Computed columns held against published ones, row by row.
public struct ComparisonSpec: Sendable, Hashable {
  /// A computed column with its published one.
  public struct Pair: Sendable, Hashable {
    /// The name in the results; the computed column's by default.
    public var name: Located<String>
    /// The name for people; the computed column's when nil.
    public var title: String?
    /// The computed column.
    public var computed: Located<String>
    /// The published column.
    public var published: Located<String>
  }

  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// The dataset's name in the analysis; it has both columns of each pair.
  public var dataset: Located<String>
  /// The pairs, in order.
  public var pairs: [Pair]
}

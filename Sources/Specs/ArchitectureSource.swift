/// Where the architectures of a measurement come from.
public enum ArchitectureSource: Sendable, Hashable {
  /// Rows of a dataset that hold recipes.
  case dataset(ArchitectureColumns)
  /// Recipes sampled by the published rules of the search space: how many, from which seed.
  case sample(count: Int, seed: Int)

  /// The columns of a dataset that hold architectures.
  public struct ArchitectureColumns: Sendable, Hashable {
    /// The dataset's name in the analysis.
    public var dataset: Located<String>
    /// The text column with the recipes as JSON.
    public var recipe: Located<String>
    /// The column that tells the architectures apart; carried into the measured tables.
    public var id: Located<String>
    /// Whether of rows with the same recipe only the first is measured.
    public var distinct: Bool
    /// Columns carried into the measured tables.
    public var keep: [Located<String>]
    /// Which rows are measured; all when nil.
    public var select: DecileSelection?
  }

  /// Architectures drawn from each decile of a column.
  public struct DecileSelection: Sendable, Hashable {
    /// The column; rows without a value are not drawn.
    public var column: Located<String>
    /// How many from each decile.
    public var perDecile: Int
    /// Seed of the draw.
    public var seed: Int
  }
}

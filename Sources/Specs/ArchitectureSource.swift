/// Where the architectures of a measurement come from.
package enum ArchitectureSource: Sendable, Hashable {
  /// Rows of a dataset that hold recipes.
  case dataset(ArchitectureColumns)
  /// Recipes sampled by the published rules of the search space: how many, from which seed.
  case sample(count: Int, seed: Int)

  /// The columns of a dataset that hold architectures.
  package struct ArchitectureColumns: Sendable, Hashable {
    /// The dataset's name in the analysis.
    package var dataset: Located<String>
    /// The text column with the recipes as JSON.
    package var recipe: Located<String>
    /// The column that tells the architectures apart; carried into the measured tables.
    package var id: Located<String>
    /// Whether of rows with the same recipe only the first is measured.
    package var distinct: Bool
    /// Columns carried into the measured tables.
    package var keep: [Located<String>]
    /// Which rows are measured; all when nil.
    package var select: DecileSelection?
  }

  /// Architectures drawn from each decile of a column.
  package struct DecileSelection: Sendable, Hashable {
    /// The column; rows without a value are not drawn.
    package var column: Located<String>
    /// How many from each decile.
    package var perDecile: Int
    /// Seed of the draw.
    package var seed: Int
  }
}

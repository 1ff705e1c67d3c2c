import Specs
import Tables

/// A measurement whose names have been looked up.
package struct ResolvedMeasure: Sendable {
  /// The spec.
  package var spec: MeasureSpec
  /// Sizes, metrics, precision and tokens that every architecture is measured with.
  package var settings: MeasureSettings
  /// The column that tells the architectures apart in their dataset; nil for sampled ones.
  package var id: ColumnSchema?
  /// Columns of the dataset that are carried along.
  package var kept: [ColumnSchema]
  /// Features of the recipes.
  package var features: [ColumnSchema]
  /// Metrics.
  package var metrics: [ColumnSchema]
  /// The files that the tokens are read from, and their digests; none for tokens that need no text.
  package var tokens: TokenFiles

  /// Joins what was looked up.
  package init(
    spec: MeasureSpec, settings: MeasureSettings, id: ColumnSchema? = nil, kept: [ColumnSchema] = [],
    features: [ColumnSchema], metrics: [ColumnSchema], tokens: TokenFiles = TokenFiles()
  ) {
    self.spec = spec
    self.settings = settings
    self.id = id
    self.kept = kept
    self.features = features
    self.metrics = metrics
    self.tokens = tokens
  }

  /// The name in the analysis.
  package var name: String { spec.name.value }
  /// The name for people.
  package var title: String { spec.title ?? name }
  /// Seed and batch of each run of an architecture, in order.
  package var runs: [(seed: Int, batch: Int)] { spec.runs }

  /// Names the architecture in every measured table.
  package static let architecture = ColumnSchema(
    name: "architecture", type: .text, title: "Architecture", role: .identifier, summary: "The measured architecture.")
  /// The seed of a run.
  package static let seed = ColumnSchema(name: "seed", type: .integer, title: "Seed", role: .feature)
  /// The batch of a run.
  package static let batch = ColumnSchema(name: "batch", type: .integer, title: "Batch", role: .feature)
  /// The recipe of a sampled architecture.
  package static let recipe = ColumnSchema(name: "recipe", type: .text, title: "Recipe text")

  /// The columns of the table with a row for each architecture, or for each run.
  package func columns(ofRuns isRuns: Bool) -> [ColumnSchema] {
    var columns = [Self.architecture]
    if let id, id.name != Self.architecture.name { columns.append(id) }
    if isRuns { columns += [Self.seed, Self.batch] }
    if id == nil { columns.append(Self.recipe) }
    return columns + kept + features + metrics
  }
}

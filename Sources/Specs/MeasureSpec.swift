/// Architectures measured by the analysis itself instead of imported.
///
/// Its name stands for a table with a row for each architecture, metrics averaged over seeds and batches;
/// `NAME-runs` stands for one with a row for each architecture, seed and batch.
package struct MeasureSpec: Sendable, Hashable {
  /// The name; the tables are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// What is measured.
  package var architectures: ArchitectureSource
  /// The network that an architecture's cells are put into.
  package var network: NetworkSpec
  /// The tokens it reads.
  package var tokens: TokenSpec
  /// Metrics by id in the catalogue of metrics, or all of them.
  package var metrics: MetricSelection
  /// Whether columns with features of the recipes are added; true by default.
  package var features: Bool

  /// The name of the table with a row for each run.
  package var runsName: String { "\(name.value)-runs" }
}

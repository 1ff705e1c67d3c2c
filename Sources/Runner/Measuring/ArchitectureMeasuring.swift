import Datasets
import Diagnostics
import Tables

/// Measures architectures: what the runner knows of the engine.
///
/// The runner keeps what a session's workers return in the store under a key made from `version`, the settings,
/// the digests of the token source, the architecture's canonical text, the seed and the batch: an outcome must
/// depend on nothing else.
package protocol ArchitectureMeasuring: Sendable {
  /// Version of the implementation. Raise it whenever the same request would give another outcome.
  var version: Int { get }

  /// The kernels that this process computes with, such as `avx2`. They decide how fast, and no value.
  var kernels: String { get }

  /// The ids of the metrics, in the catalogue's order.
  var metricIDs: [String] { get }

  /// The columns that `settings.metrics` give, in order; one metric may give several. All of type real, those of metrics
  /// with role `metric`, those of sizes such as the parameter count with role `baseline`.
  func metricColumns(of settings: MeasureSettings) -> [ColumnSchema]

  /// The columns of features of recipes, in order.
  func featureColumns(of settings: MeasureSettings) -> [ColumnSchema]

  /// Files that the tokens are read from, with digests. Must not need files of the catalogue to be there.
  ///
  /// - Throws: `DiagnosticsError` when `settings.tokens.use` names nothing, or a folder that cannot be read.
  func tokenFiles(of settings: MeasureSettings, catalog: Catalog) throws(DiagnosticsError) -> TokenFiles

  /// Loads the tokens, and makes ready to measure.
  ///
  /// - Throws: `DiagnosticsError` when they cannot be read or are too few for the batches.
  func session(
    _ settings: MeasureSettings, catalog: Catalog, location: DataLocation
  ) throws(DiagnosticsError) -> any MeasuringSession
}

import Datasets
import Diagnostics
import Pipeline
import Sizes
import Tables

/// Measures architectures: what is known here of the engine.
///
/// What a session's workers return is kept in the store under a key made from `version`, the settings, the digests of the
/// token source, the architecture's canonical text, the seed and the batch: an outcome must depend on nothing else.
package protocol ArchitectureMeasuring: Sendable {
  /// Version of the implementation. Raise it whenever the same request would give another outcome.
  var version: Int { get }

  /// The kernels that this process computes with, such as `avx2`. They decide how fast, and no value.
  var kernels: String { get }

  /// The ids of the metrics that are defined for a kind of architectures, in the catalogue's order.
  func metricIDs(of kind: ArchitectureKind) -> [String]

  /// True of a metric's id, and of one with choices after it, such as `snip-all`.
  func isMetric(_ name: String) -> Bool

  /// The columns that `settings.metrics` give, in order; one metric may give several. All of type real, those of metrics
  /// with role `metric`, those of sizes such as the parameter count with role `baseline`.
  func metricColumns(of settings: MeasureSettings) -> [ColumnSchema]

  /// The columns of features of architectures, in order.
  func featureColumns(of settings: MeasureSettings) -> [ColumnSchema]

  /// Files that the tokens are read from, with digests. Must not need files of the catalogue to be there.
  ///
  /// - Throws: `DiagnosticsError` when `settings.tokens.use` names nothing, or a folder that cannot be read.
  func tokenFiles(of settings: MeasureSettings, catalog: Catalog) throws(DiagnosticsError) -> TokenFiles

  /// Loads the tokens, and makes ready to measure.
  ///
  /// - Throws: `DiagnosticsError` when they cannot be read.
  func session(
    _ settings: MeasureSettings, catalog: Catalog, location: DataLocation
  ) throws(DiagnosticsError) -> any MeasuringSession
}

/// An engine with its tokens loaded, shared by the workers of one measurement.
package protocol MeasuringSession: Sendable {
  /// SHA-256 of the text that the tokens are of; nil for tokens that need no text.
  var textDigest: String? { get }

  /// Finds out whether there are tokens for a batch.
  ///
  /// - Throws: `DiagnosticsError` when the tokens are too few.
  func checkBatch(_ index: Int) throws(DiagnosticsError)

  /// Reads an architecture.
  ///
  /// - Parameters:
  ///   - text: Its text, of recurrent cells the recipe as JSON.
  ///   - source: The name that stands for a file in the locations of problems.
  /// - Throws: `DiagnosticsError` with every problem of the text.
  func architecture(_ text: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture

  /// Architectures sampled by the published rules, as texts; the same for the same seed, and a prefix of those of a larger
  /// count.
  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String]

  /// A worker of its own for a thread.
  func makeWorker() -> any ArchitectureWorker
}

/// Measures architectures one after the other on one thread, and keeps its memory from one to the next.
package protocol ArchitectureWorker: AnyObject {
  /// Makes an evaluation: a value or a reason for each metric column, and what it cost.
  ///
  /// - Parameter request: An architecture that the session has read, and a batch that is there.
  func measure(_ request: EvaluationRequest) throws(EvaluationFailure) -> Evaluation
}

/// An architecture that has been read.
package struct MeasuredArchitecture: Sendable, Hashable {
  /// Its canonical text: outcomes depend on nothing else of it.
  package var text: String
  /// A value for each feature column.
  package var features: [Cell]

  /// Joins text and features.
  package init(text: String, features: [Cell]) {
    self.text = text
    self.features = features
  }
}

/// The files that tokens are read from, and digests of their content.
package struct TokenFiles: Sendable, Hashable {
  /// Files of the catalogue, fetched when they are missing.
  package var files: [CatalogFile]
  /// Digests of everything that is read, by name; part of keys.
  package var digests: [KeyField]

  /// Creates a source; none for tokens that need no text.
  package init(files: [CatalogFile] = [], digests: [KeyField] = []) {
    self.files = files
    self.digests = digests
  }
}

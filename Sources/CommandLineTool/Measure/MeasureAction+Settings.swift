import Metrics
import Networks

extension MeasureAction {
  /// What is measured, and how.
  struct Settings: Sendable {
    /// Catalogue ids, each once.
    var metrics: [String]
    var network: LanguageModelSettings
    var protocolName: MetricProtocol
    var precision: NumericPrecision
    /// Seeds of the initial weights and the noise.
    var seeds: [Int]
    /// The name of the tokens; see `TokenSource`.
    var tokens: String
    var steps: Int
    var columns: Int
    /// Indices of disjoint batches.
    var batches: [Int]
  }
}

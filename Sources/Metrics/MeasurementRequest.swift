import Networks
import SearchSpaces

/// What to measure of one architecture, and how.
package struct MeasurementRequest: Sendable {
  /// The cell.
  package var recipe: Recipe
  /// The sizes of the network.
  package var settings: LanguageModelSettings
  /// Ids of the catalogue.
  package var metrics: [String]
  /// Which version of the released code is followed.
  package var protocolName: MetricProtocol
  /// The floating-point type.
  package var precision: NumericPrecision
  /// The seed of the initial weights, and of the noise: 0 … 2³² − 1.
  package var seed: Int
  /// What the network reads.
  package var tokens: TokenBatch

  /// Creates a request.
  package init(
    recipe: Recipe, settings: LanguageModelSettings, metrics: [String], protocolName: MetricProtocol = .results,
    precision: NumericPrecision = .float32, seed: Int = 0, tokens: TokenBatch
  ) {
    self.recipe = recipe
    self.settings = settings
    self.metrics = metrics
    self.protocolName = protocolName
    self.precision = precision
    self.seed = seed
    self.tokens = tokens
  }
}

/// What was measured of one architecture.
package struct MeasurementResult: Sendable {
  /// The columns of the metrics in the order asked for, with their values.
  package var outcomes: [(column: String, outcome: MetricOutcome)]
  /// Wall-clock seconds.
  package var seconds: Double
  /// The largest number of bytes of matrices at any time.
  package var peakBytes: Int
  /// Floating-point operations of the matrix products that were run, two for each multiplication and addition.
  package var floatingPointOperations: Double
}

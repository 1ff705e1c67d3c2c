import Networks
import SearchSpaces

/// What to measure of one architecture, and how.
public struct MeasurementRequest: Sendable {
  /// The cell.
  public var recipe: Recipe
  /// The sizes of the network.
  public var settings: LanguageModelSettings
  /// Ids of the catalogue.
  public var metrics: [String]
  /// Which version of the released code is followed.
  public var protocolName: MetricProtocol
  /// The floating-point type.
  public var precision: NumericPrecision
  /// The seed of the initial weights, and of the noise: 0 … 2³² − 1.
  public var seed: Int
  /// What the network reads.
  public var tokens: TokenBatch

  /// Creates a request.
  public init(
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
public struct MeasurementResult: Sendable {
  /// The columns of the metrics in the order asked for, with their values.
  public var outcomes: [(column: String, outcome: MetricOutcome)]
  /// Wall-clock seconds.
  public var seconds: Double
  /// The largest number of bytes of matrices at any time.
  public var peakBytes: Int
  /// Floating-point operations of the matrix products that were run, two for each multiplication and addition.
  public var floatingPointOperations: Double
}

/// A metric's value for an architecture, or why there is none.
public struct Measurement: Sendable, Hashable {
  /// Digest or name of the architecture.
  public var architecture: String
  /// The metric's id.
  public var metric: String
  /// The network variant.
  public var variant: String
  /// The protocol.
  public var protocolName: String
  /// The seed of the initial weights.
  public var seed: Int
  /// The batch.
  public var batch: Int
  /// The value, or the reason for none.
  public var outcome: Outcome
  /// How long it took.
  public var seconds: Double

  /// A finite value or a reason.
  public enum Outcome: Sendable, Hashable {
    /// A finite value.
    case value(Double)
    /// Why there is none.
    case undefined(String)
  }

  /// Creates a measurement.
  public init(
    architecture: String, metric: String, variant: String, protocolName: String, seed: Int, batch: Int,
    outcome: Outcome, seconds: Double
  ) {
    self.architecture = architecture
    self.metric = metric
    self.variant = variant
    self.protocolName = protocolName
    self.seed = seed
    self.batch = batch
    self.outcome = outcome
    self.seconds = seconds
  }
}

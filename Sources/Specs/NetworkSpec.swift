import Diagnostics
import Sizes

/// The language model that recipes are measured in; `MeasurementSizes` has its defaults and bounds.
public struct NetworkSpec: Sendable, Hashable {
  /// Which of the two published versions of the metrics is computed.
  public enum MetricProtocol: String, Sendable, Hashable, CaseIterable {
    /// That of the published results.
    case results
    /// That of the published ablations.
    case notebook
  }

  /// The numbers computed with.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// 32 bits.
    case float32
    /// 64 bits.
    case float64
  }

  /// Number of tokens V.
  public var vocabulary = MeasurementSizes.vocabulary.standard
  /// Width of the embedding e.
  public var embedding = MeasurementSizes.embedding.standard
  /// Width of the hidden states H.
  public var hidden = MeasurementSizes.hidden.standard
  /// Number of recurrent layers.
  public var layers = MeasurementSizes.layers.standard
  /// Whether the decoder's weights are the embedding's.
  public var tied = MeasurementSizes.isTied
  /// The version of the metrics; `results` by default.
  public var metricProtocol = MetricProtocol.results
  /// The precision; `float32` by default.
  public var precision = Precision.float32
  /// Seeds of the initial weights; 0 by default.
  public var seeds = [0]
  /// Where the network stands in the spec, or the measurement's name when it has none.
  public var location: SourceLocation
}

import Diagnostics
import Sizes

/// The language model that recipes are measured in; `MeasurementSizes` has its defaults and bounds.
package struct NetworkSpec: Sendable, Hashable {
  /// Which of the two published versions of the metrics is computed.
  package enum MetricProtocol: String, Sendable, Hashable, CaseIterable {
    /// That of the published results.
    case results
    /// That of the published ablations.
    case notebook
  }

  /// The numbers computed with.
  package enum Precision: String, Sendable, Hashable, CaseIterable {
    /// 32 bits.
    case float32
    /// 64 bits.
    case float64
  }

  /// Number of tokens V.
  package var vocabulary = MeasurementSizes.vocabulary.standard
  /// Width of the embedding e.
  package var embedding = MeasurementSizes.embedding.standard
  /// Width of the hidden states H.
  package var hidden = MeasurementSizes.hidden.standard
  /// Number of recurrent layers.
  package var layers = MeasurementSizes.layers.standard
  /// Whether the decoder's weights are the embedding's.
  package var tied = MeasurementSizes.isTied
  /// The version of the metrics; `results` by default.
  package var metricProtocol = MetricProtocol.results
  /// The precision; `float32` by default.
  package var precision = Precision.float32
  /// Seeds of the initial weights; 0 by default.
  package var seeds = [0]
  /// Where the network stands in the spec, or the measurement's name when it has none.
  package var location: SourceLocation
}

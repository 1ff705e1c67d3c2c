import Diagnostics

/// The language model that recipes are measured in.
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

  /// The numbers of tokens that a spec may ask for.
  static let vocabularies = 2...200_000
  /// The widths that a spec may ask for.
  static let widths = 1...4096
  /// The numbers of layers that a spec may ask for.
  static let layerCounts = 1...16
  /// The seeds that the generator takes.
  static let seedRange = 0...Int(UInt32.max)

  /// Number of tokens V, 2 … 200,000; 10,000 by default.
  public var vocabulary = 10_000
  /// Width of the embedding e, 1 … 4,096; 400 by default.
  public var embedding = 400
  /// Width of the hidden states H, 1 … 4,096; 600 by default.
  public var hidden = 600
  /// Number of recurrent layers, 1 … 16; 3 by default.
  public var layers = 3
  /// Whether the decoder's weights are the embedding's; true by default.
  public var tied = true
  /// The version of the metrics; `results` by default.
  public var metricProtocol = MetricProtocol.results
  /// The precision; `float32` by default.
  public var precision = Precision.float32
  /// Seeds of the initial weights; 0 by default.
  public var seeds = [0]
  /// Where the network stands in the spec, or the measurement's name when it has none.
  public var location: SourceLocation
}

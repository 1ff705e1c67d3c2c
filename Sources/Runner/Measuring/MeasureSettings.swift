import Documents
import Specs

/// What is measured and how, without the architectures, seeds and batches.
public struct MeasureSettings: Sendable, Hashable {
  /// Number of tokens V.
  public var vocabulary: Int
  /// Width of the embedding e.
  public var embedding: Int
  /// Width of the hidden states H.
  public var hidden: Int
  /// Number of recurrent layers.
  public var layers: Int
  /// Whether the decoder's weights are the embedding's.
  public var tied: Bool
  /// The published version of the metrics.
  public var metricProtocol: NetworkSpec.MetricProtocol
  /// The numbers computed with.
  public var precision: NetworkSpec.Precision
  /// The tokens.
  public var tokens: Tokens
  /// Ids of metrics, in order.
  public var metrics: [String]

  /// Which tokens are read.
  public struct Tokens: Sendable, Hashable {
    /// `text-free`, a split of a text in the catalogue, or a folder.
    public var use: String
    /// The folder that a relative folder is looked for in: that of the spec. Not part of any key.
    public var base: String
    /// Most words in the dictionary, at most the network's vocabulary.
    public var vocabulary: Int
    /// Time steps T of a batch.
    public var steps: Int
    /// Columns B of a batch.
    public var columns: Int
    /// The largest batch number that is asked for. Not part of any key.
    public var lastBatch: Int
  }

  /// The settings of a spec.
  ///
  /// - Parameters:
  ///   - spec: The measurement.
  ///   - metrics: Ids of metrics.
  ///   - base: The folder of the spec.
  public init(_ spec: MeasureSpec, metrics: [String], base: String) {
    let network = spec.network
    vocabulary = network.vocabulary
    embedding = network.embedding
    hidden = network.hidden
    layers = network.layers
    tied = network.tied
    metricProtocol = network.metricProtocol
    precision = network.precision
    tokens = Tokens(
      use: spec.tokens.use.value, base: base, vocabulary: spec.tokens.vocabulary?.value ?? network.vocabulary,
      steps: spec.tokens.steps, columns: spec.tokens.columns, lastBatch: spec.tokens.batches.max() ?? 0)
    self.metrics = metrics
  }

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    .record([
      "network": .record([
        "vocabulary": .integer(vocabulary), "embedding": .integer(embedding), "hidden": .integer(hidden),
        "layers": .integer(layers), "tied": .bool(tied), "protocol": .string(metricProtocol.rawValue),
        "precision": .string(precision.rawValue),
      ]),
      "tokens": .record([
        "use": .string(tokens.use), "vocabulary": .integer(tokens.vocabulary), "steps": .integer(tokens.steps),
        "columns": .integer(tokens.columns),
      ]),
      "metrics": .array(metrics.map { .string($0) }),
    ])
  }
}

import Documents
import Sizes
import Specs

/// The sizes, metrics, precision and tokens of a measurement, without the architectures, seeds and batches. The command line
/// and specs measure with these.
package struct MeasureSettings: Sendable, Hashable {
  /// Number of tokens V.
  package var vocabulary: Int
  /// Width of the embedding e.
  package var embedding: Int
  /// Width of the hidden states H.
  package var hidden: Int
  /// Number of layers L.
  package var layers: Int
  /// True when the decoder's weights are the embedding's.
  package var tied: Bool
  /// The published version of the metrics.
  package var metricProtocol: MetricProtocol
  /// The numbers computed with.
  package var precision: NumericPrecision
  /// The tokens.
  package var tokens: Tokens
  /// Ids of metrics, in order.
  package var metrics: [String]

  /// The source of the tokens, with the dictionary's size and the shape and number of batches.
  package struct Tokens: Sendable, Hashable {
    /// `text-free`, a split of a text in the catalogue, or a folder.
    package var use: String
    /// The folder that a relative folder is looked for in: that of the spec. Not part of any key.
    package var base: String
    /// Most words in the dictionary, at most the network's vocabulary.
    package var vocabulary: Int
    /// The length T of the sequences of a batch.
    package var steps: Int
    /// The number B of sequences of a batch.
    package var columns: Int
    /// The largest batch number that is asked for. Not part of the key of any evaluation.
    package var lastBatch: Int

    /// Joins the settings; names are those of the keys of a spec.
    package init(use: String, base: String, vocabulary: Int, steps: Int, columns: Int, lastBatch: Int) {
      self.use = use
      self.base = base
      self.vocabulary = vocabulary
      self.steps = steps
      self.columns = columns
      self.lastBatch = lastBatch
    }
  }

  /// Joins the settings.
  package init(
    vocabulary: Int, embedding: Int, hidden: Int, layers: Int, tied: Bool,
    metricProtocol: MetricProtocol, precision: NumericPrecision, tokens: Tokens, metrics: [String]
  ) {
    self.vocabulary = vocabulary
    self.embedding = embedding
    self.hidden = hidden
    self.layers = layers
    self.tied = tied
    self.metricProtocol = metricProtocol
    self.precision = precision
    self.tokens = tokens
    self.metrics = metrics
  }

  /// The settings of a spec.
  ///
  /// - Parameters:
  ///   - spec: The measurement.
  ///   - metrics: Ids of metrics.
  ///   - base: The folder of the spec.
  package init(_ spec: MeasureSpec, metrics: [String], base: String) {
    let network = spec.network
    self.init(
      vocabulary: network.vocabulary, embedding: network.embedding, hidden: network.hidden, layers: network.layers,
      tied: network.tied, metricProtocol: network.metricProtocol, precision: network.precision,
      tokens: Tokens(
        use: spec.tokens.use.value, base: base, vocabulary: spec.tokens.vocabulary?.value ?? spec.network.vocabulary,
        steps: spec.tokens.steps, columns: spec.tokens.columns, lastBatch: spec.tokens.batches.max() ?? 0),
      metrics: metrics)
  }

  /// Its part of a step's parameters.
  package var parameters: JSONValue {
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

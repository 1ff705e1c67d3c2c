import Documents
import Sizes
import Specs

/// The sizes, metrics, precision and tokens of a measurement, without the architectures, seeds and batches. The command line
/// and specs measure with these.
package struct MeasureSettings: Sendable, Hashable {
  /// The kind of architectures, and what decides on their networks beside the sizes.
  package var network: NetworkChoices
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
  /// Metrics by formulas, whose columns are behind those of `metrics`.
  package var proxies: [MeasuredProxy] = []

  /// The source of the tokens, with the dictionary's size and the shape and number of batches.
  package struct Tokens: Sendable, Hashable {
    /// `text-free`, a split of a text in the catalogue, or a folder.
    package var use: String
    /// The folder that a relative folder is looked for in: that of the spec. Not part of any key.
    package var base: String
    /// The first state of the generator of `documented` tokens.
    package var seed: Int
    /// Most words in the dictionary, at most the network's vocabulary.
    package var vocabulary: Int
    /// The length T of the sequences of a batch.
    package var steps: Int
    /// The number B of sequences of a batch.
    package var columns: Int
    /// The order of the sequences of a batch.
    package var order = BatchOrder.asRead
    /// The largest batch number that is asked for. Not part of the key of any evaluation.
    package var lastBatch: Int

    /// Joins the settings; names are those of the keys of a spec.
    package init(
      use: String, base: String, seed: Int = MeasurementSizes.tokenSeed, vocabulary: Int, steps: Int, columns: Int,
      lastBatch: Int
    ) {
      self.use = use
      self.seed = seed
      self.base = base
      self.vocabulary = vocabulary
      self.steps = steps
      self.columns = columns
      self.lastBatch = lastBatch
    }
  }

  /// Joins the settings.
  package init(
    _ network: NetworkChoices = NetworkChoices(), vocabulary: Int, embedding: Int, hidden: Int, layers: Int,
    tied: Bool, metricProtocol: MetricProtocol, precision: NumericPrecision, tokens: Tokens, metrics: [String]
  ) {
    self.network = network
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
    let (network, tokens) = (spec.network, spec.tokens)
    self.init(
      network.choices, vocabulary: network.vocabulary, embedding: network.embedding, hidden: network.hidden,
      layers: network.layers, tied: network.tied, metricProtocol: network.metricProtocol,
      precision: network.precision, tokens: tokens.use.value, base: base, tokenSeed: tokens.seed,
      dictionary: tokens.vocabulary?.value, steps: tokens.steps, columns: tokens.columns,
      lastBatch: tokens.batches.max() ?? 0, metrics: metrics)
    proxies = spec.proxies.compactMap { MeasuredProxy($0) }
    self.tokens.order = tokens.order
  }

  /// The settings of which some are given: the standards of the kind of network in place of the others.
  package init(
    _ network: NetworkChoices, vocabulary: Int?, embedding: Int?, hidden: Int?, layers: Int?, tied: Bool?,
    metricProtocol: MetricProtocol?, precision: NumericPrecision, tokens: String, base: String, tokenSeed: Int?,
    dictionary: Int?, steps: Int?, columns: Int?, lastBatch: Int, metrics: [String]
  ) {
    let standard = network.kind.standard
    let vocabulary = vocabulary ?? standard.vocabulary
    self.init(
      network, vocabulary: vocabulary, embedding: embedding ?? MeasurementSizes.embedding.standard,
      hidden: hidden ?? MeasurementSizes.hidden.standard, layers: layers ?? standard.layers,
      tied: tied ?? MeasurementSizes.isTied, metricProtocol: metricProtocol ?? .results, precision: precision,
      tokens: Tokens(
        use: tokens, base: base, seed: tokenSeed ?? MeasurementSizes.tokenSeed, vocabulary: dictionary ?? vocabulary,
        steps: steps ?? standard.steps, columns: columns ?? standard.columns, lastBatch: lastBatch),
      metrics: metrics)
  }

  /// Its part of a step's parameters.
  package var parameters: JSONValue {
    var members = [
      JSONMember(key: "network", value: networkJSON), JSONMember(key: "tokens", value: tokensJSON),
      JSONMember(key: "metrics", value: .array(metrics.map { .string($0) })),
    ]
    if !proxies.isEmpty { members.append(JSONMember(key: "proxies", value: .array(proxies.map(\.json)))) }
    return .object(members)
  }

  /// What decides on the network of an architecture.
  package var networkJSON: JSONValue {
    var members: [JSONMember] = []
    func add(_ key: String, _ value: JSONValue) { members.append(JSONMember(key: key, value: value)) }
    let isRecurrent = network.kind == .recurrentCell
    if isRecurrent {
      add("vocabulary", .integer(vocabulary))
      add("embedding", .integer(embedding))
      add("hidden", .integer(hidden))
    } else {
      add("kind", .string(network.kind.rawValue))
      if network.kind == .encoder { add("variant", .string(network.variant.rawValue)) }
      add("weights", .string(network.weights.rawValue))
    }
    add("layers", .integer(layers))
    if isRecurrent {
      add("tied", .bool(tied))
      add("protocol", .string(metricProtocol.rawValue))
    }
    add("precision", .string(precision.rawValue))
    if !isRecurrent || network.cotangentSeed != NetworkChoices.cotangentSeed {
      add("cotangent-seed", .integer(network.cotangentSeed))
    }
    // What is off is in no key: evaluations that were stored before there was a choice are those without it.
    if let dropout = network.dropout {
      add("dropout", .number(dropout.probability))
      add("dropout-seed", .integer(dropout.seed))
    }
    return .object(members)
  }

  private var tokensJSON: JSONValue {
    var members = [
      JSONMember(key: "use", value: .string(tokens.use)),
      JSONMember(key: "vocabulary", value: .integer(tokens.vocabulary)),
      JSONMember(key: "steps", value: .integer(tokens.steps)),
      JSONMember(key: "columns", value: .integer(tokens.columns)),
    ]
    if tokens.use == MeasurementSizes.documentedTokens {
      members.append(JSONMember(key: "seed", value: .integer(tokens.seed)))
    }
    if tokens.order != .asRead { members.append(JSONMember(key: "order", value: .string(tokens.order.rawValue))) }
    return .object(members)
  }
}

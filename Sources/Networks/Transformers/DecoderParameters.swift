import SearchSpaces

/// The parameters of a decoder in the order of its modules, by the names of the released code.
struct DecoderParameters {
  private(set) var shapes: [ParameterShape] = []

  private static let deviation = 0.02
  /// σ of the projections of embeddings.
  private static let projectionDeviation = 0.01
  private static let weights: Set<ParameterScope> = [.weights, .matrices, .weightsAndEmbeddings, .all]

  init(_ configuration: DecoderConfiguration) {
    switch configuration.kind {
    case .gpt2: gpt2(configuration)
    case .transformerXL: transformerXL(configuration)
    }
  }

  private mutating func gpt2(_ configuration: DecoderConfiguration) {
    let width = configuration.width
    embedding(configuration, AdaptiveNames.gpt2)
    add("wpe.weight", configuration.positionCount, width, role: .embedding, [.weightsAndEmbeddings, .all])
    norm("ln_f", width)
    let outputs = Self.deviation / Double(2 * configuration.layers.count).squareRoot()
    for (index, layer) in configuration.layers.enumerated() {
      let name = "h.\(index)"
      norm("\(name).ln_1", width)
      matrix("\(name).attn.c_attn", width, 3 * width, [.diversity, .operation])
      matrix("\(name).attn.c_proj", width, width, [.diversity], deviation: outputs)
      norm("\(name).ln_2", width)
      matrix("\(name).mlp.c_fc", width, layer.feedForwardDimension, [.saliency])
      matrix("\(name).mlp.c_proj", layer.feedForwardDimension, width, [.saliency], deviation: outputs)
    }
    softmax(configuration, AdaptiveNames.gpt2)
  }

  private mutating func transformerXL(_ configuration: DecoderConfiguration) {
    let width = configuration.width
    for index in configuration.layers.indices {
      for name in ["r_w_bias", "r_r_bias"] { constant("\(name)_\(index)", 1, width, 0, .bias) }
    }
    embedding(configuration, AdaptiveNames.transformerXL)
    for (index, layer) in configuration.layers.enumerated() {
      let (attention, inner) = ("layers.\(index).dec_attn", "layers.\(index).pos_ff")
      linear("\(attention).qkv_net", 3 * width, width, [.diversity, .operation], hasBias: false)
      linear("\(attention).o_net", width, width, [.diversity], hasBias: false)
      norm("\(attention).layer_norm", width)
      linear("\(attention).r_net", width, width, [.diversity, .operation], hasBias: false)
      linear("\(inner).CoreNet.0", layer.feedForwardDimension, width, [.saliency])
      linear("\(inner).CoreNet.3", width, layer.feedForwardDimension, [.saliency])
      norm("\(inner).layer_norm", width)
    }
    softmax(configuration, AdaptiveNames.transformerXL)
  }

  // MARK: Embedding and softmax

  private mutating func embedding(_ configuration: DecoderConfiguration, _ names: AdaptiveNames) {
    let embedding = configuration.embedding
    let isOne = embedding.divisor == 1
    let tables =
      isOne
      ? [(rows: embedding.vocabularySize, width: embedding.width)]
      : zip(embedding.clusterSizes, embedding.clusterWidths).map { (rows: $0, width: $1) }
    for (index, table) in tables.enumerated() {
      add(names.table(index), table.rows, table.width, role: .embedding, [.weightsAndEmbeddings, .all])
    }
    guard embedding.projects(to: configuration.width) else { return }
    for (index, table) in tables.enumerated() {
      add(
        names.projection(index), configuration.width, table.width, Self.projectionDeviation, role: .weight, Self.weights
      )
    }
  }

  private mutating func softmax(_ configuration: DecoderConfiguration, _ names: AdaptiveNames) {
    let embedding = configuration.embedding
    let tails = embedding.clusterEnds.count - 1
    if tails > 0 {
      add(names.clusterWeights, tails, embedding.width, role: .weight, Self.weights)
      constant(names.clusterBiases, 1, tails, 0, .bias)
    }
    let sizes = embedding.divisor == 1 ? [embedding.vocabularySize] : embedding.clusterSizes
    for (index, size) in sizes.enumerated() { constant(names.biases(index), 1, size, 0, .bias) }
    guard embedding.projects(to: configuration.width) else { return }
    for (index, width) in embedding.clusterWidths.enumerated() where !embedding.tiesProjections[index] {
      add(
        names.outputProjection(index), configuration.width, width, Self.projectionDeviation, role: .weight, Self.weights
      )
    }
  }

  // MARK: Single parameters

  private mutating func add(
    _ name: String, _ rows: Int, _ columns: Int, _ deviation: Double = Self.deviation, role: ParameterRole,
    _ scopes: Set<ParameterScope>, isLaidOut: Bool = false
  ) {
    shapes.append(
      ParameterShape(
        name: name, rows: rows, columns: columns, start: .drawn(deviation: deviation), role: role, scopes: scopes,
        isLaidOut: isLaidOut))
  }

  private mutating func constant(
    _ name: String, _ rows: Int, _ columns: Int, _ value: Double, _ role: ParameterRole
  ) {
    shapes.append(
      ParameterShape(
        name: name, rows: rows, columns: columns, start: .constant(value), role: role, scopes: [.all]))
  }

  /// A matrix that is stored [inputs, outputs].
  private mutating func matrix(
    _ name: String, _ inputs: Int, _ outputs: Int, _ scopes: Set<ParameterScope>, deviation: Double = Self.deviation
  ) {
    add(
      "\(name).weight", inputs, outputs, deviation, role: .matrix(isFirst: false),
      Self.weights.union(scopes).union([.linear, .layers]))
    constant("\(name).bias", 1, outputs, 0, .bias)
  }

  private mutating func linear(
    _ name: String, _ outputs: Int, _ inputs: Int, _ scopes: Set<ParameterScope>, hasBias: Bool = true
  ) {
    add(
      "\(name).weight", outputs, inputs, role: .matrix(isFirst: false),
      Self.weights.union(scopes).union([.linear, .layers]), isLaidOut: true)
    if hasBias { constant("\(name).bias", 1, outputs, 0, .bias) }
  }

  private mutating func norm(_ name: String, _ width: Int) {
    constant("\(name).weight", 1, width, 1, .normalisation)
    constant("\(name).bias", 1, width, 0, .normalisation)
  }
}

extension AdaptiveNames {
  static let gpt2 = AdaptiveNames(embedding: "wte", softmax: "lm_head")
  static let transformerXL = AdaptiveNames(embedding: "word_emb", softmax: "crit")
}

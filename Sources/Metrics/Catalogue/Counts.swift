import Networks
import Outcomes
import Tensors

/// Number of parameters: the baseline that every metric has to beat.
struct Parameters: Metric {
  let description = MetricDescription(
    id: "parameters", title: "Parameters",
    summary: "Number of parameters.",
    formula: "all weights and biases of linear nodes, embedding, decoder (once when tied) and its biases",
    reference: "serianni2023")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.architecture { (architecture, _) throws(Reason) in Double(try architecture.parameterCount()) }]
  }
}

/// Floating-point operations of a forward pass.
struct FloatingPointOperations: Metric {
  let description = MetricDescription(
    id: "flops", title: "FLOPs",
    summary: "Floating-point operations of a forward pass without the decoder.",
    formula: "2·T·B·Σ over matrices of rows · columns, plus elementwise operations",
    reference: "zhou2022")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.architecture { (architecture, tokens) throws(Reason) in
        try architecture.operationCount(sequenceLength: tokens.sequenceLength, batchSize: tokens.batchSize)
      }
    ]
  }
}

/// The decoder parameters of LiteTransformerSearch (Javaheripi et al. 2022): those of attention and feed-forward networks.
struct LayerParameters: Metric {
  let description = MetricDescription(
    id: "layer-parameters", title: "Layer parameters",
    summary: "Number of parameters of attention, or of what stands in its place, and of feed-forward networks.",
    formula:
      "of decoders Attn + FFN of LiteTransformerSearch, its decoder parameters; of encoders the operations and feed-forward stacks with their normalisations",
    reference: "javaheripi2022", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.transformer { Double($0.layerParameterCount) }]
  }
}

/// All parameters of a transformer but those of its embeddings and its head.
struct NonEmbeddingParameters: Metric {
  let description = MetricDescription(
    id: "non-embedding-parameters", title: "Non-embedding parameters",
    summary: "Number of parameters without embeddings and head.",
    formula: "layer parameters, and of decoders the normalisations and biases outside them",
    reference: "javaheripi2022", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.transformer { Double($0.nonEmbeddingParameterCount) }]
  }
}

extension Passes {
  /// Reads the description of a transformer, which takes no network.
  func transformer(_ body: @escaping (any TransformerArchitecture) -> Double) -> Reading<Double> {
    architecture { (architecture, _) throws(Reason) in
      guard let transformer = architecture as? any TransformerArchitecture else {
        throw Reason("its matrices are not known")
      }
      return body(transformer)
    }
  }
}

import Outcomes
import Tensors

/// Number of parameters: the baseline that every metric has to beat.
struct Parameters: Metric {
  let description = MetricDescription(
    id: "parameters", title: "Parameters",
    summary: "Number of parameters.",
    formula:
      "recurrent cells: all weights and biases of linear nodes, embedding, decoder (once when tied) and its biases; encoders: embeddings and layers, without the head of a loss; decoders: everything",
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
    formula:
      "recurrent cells: 2·T·B·Σ over matrices of rows · columns, plus elementwise operations; transformers: two for each multiplication and addition of products, transforms, attention and convolutions",
    reference: "zhou2022")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.architecture { (architecture, tokens) throws(Reason) in
        try architecture.operationCount(sequenceLength: tokens.sequenceLength, batchSize: tokens.batchSize)
      }
    ]
  }
}

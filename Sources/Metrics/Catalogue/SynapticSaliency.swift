import Tensors

/// Synaptic saliency (Tanaka et al. 2020, adapted by Abdelfattah et al. 2021 and Serianni & Kalita 2023).
struct SynapticSaliency: Metric {
  let description = MetricDescription(
    id: "synaptic-saliency", title: "Synaptic saliency",
    summary: "How much the weights carry: the summed products of weights and gradients.",
    formula:
      "Σ |W ⊙ ∂W| over the matrices of linear nodes but those of the first-listed inputs, plus the decoder when it is the embedding",
    reference: "tanaka2020",
    protocols: "the cotangent of y is 1 in results, y itself in notebook")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    let gradients = passes.gradients(passes.protocolName == .results ? .ones : .output)
    return [gradients.sum(over: .saliency, isJoined: true) { Element.magnitudeProductSum($0, $1) }]
  }
}

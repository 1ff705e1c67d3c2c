/// Synaptic saliency (Tanaka et al. 2020, adapted by Abdelfattah et al. 2021 and Serianni & Kalita 2023).
struct SynapticSaliency: Metric {
  let description = MetricDescription(
    id: "synaptic-saliency", title: "Synaptic saliency",
    summary: "How much the weights carry: the summed products of weights and gradients.",
    formula:
      "Σ |W ⊙ ∂W| over the matrices of linear nodes but those of the first-listed inputs, plus the decoder when it is the embedding",
    reference: "tanaka2020", needs: [.laterWeightGradients, .outputCotangent],
    protocols: "the cotangent of y is 1 in results, y itself in notebook")

  func needs(in protocolName: MetricProtocol) -> Set<MetricNeed> {
    protocolName == .results ? [.laterWeightGradients] : description.needs
  }

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    let saliency = request.protocolName == .notebook ? quantities.outputSaliency : quantities.saliency
    return [saliency.map { MetricOutcome($0.laterInputs + $0.decoder) } ?? .undefined("the gradient is zero")]
  }
}

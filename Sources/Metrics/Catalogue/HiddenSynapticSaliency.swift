/// Hidden synaptic saliency (Serianni & Kalita 2023): synaptic saliency of hidden states in place of weights.
struct HiddenSynapticSaliency: Metric {
  let description = MetricDescription(
    id: "hidden-synaptic-saliency", title: "Hidden synaptic saliency",
    summary: "How much the hidden states carry: the summed products of states and their gradients.",
    formula: "Σ |h ⊙ ∂h| over hidden state 0 at the input of the steps of all layers",
    reference: "serianni2023", needs: [.hiddenGradients, .noisedInputGradients, .outputCotangent],
    protocols:
      "results: one pass with cotangent 1; notebook: the passes without noise, with noise of 0.1, 10 and 100 variances, and with cotangent y added up"
  )

  func needs(in protocolName: MetricProtocol) -> Set<MetricNeed> {
    protocolName == .results ? [.hiddenGradients] : description.needs
  }

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    guard let plain = quantities.saliency?.hidden else { return [.undefined("the gradient is zero")] }
    guard request.protocolName == .notebook else { return [MetricOutcome(plain)] }
    return [
      MetricOutcome(
        quantities.noisedHiddenSaliency.reduce(plain + (quantities.outputSaliency?.hidden ?? 0), +))
    ]
  }
}

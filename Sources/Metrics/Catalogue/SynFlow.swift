/// SynFlow (Tanaka et al. 2020).
struct SynFlow: Metric {
  let description = MetricDescription(
    id: "synflow", title: "SynFlow",
    summary: "Synaptic flow through the magnitudes of the weights, on an input of ones.",
    formula:
      "Σ ||W| ⊙ ∂R/∂|W|| over the matrices of linear nodes, R = Σy of the network of weight magnitudes without biases on one column of ones",
    reference: "tanaka2020", needs: [.magnitudeNetwork])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.synflow ?? .undefined("the product of magnitudes is not finite")]
  }
}

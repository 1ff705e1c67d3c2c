/// Fisher score (Theis et al. 2018; Turner et al. 2020).
struct Fisher: Metric {
  let description = MetricDescription(
    id: "fisher", title: "Fisher",
    summary: "Squared products of activations and their gradients.",
    formula: "Σ (a ⊙ ∂Σy/∂a)² over the outputs of activation nodes",
    reference: "turner2020", needs: [.activationGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.fisher.map { MetricOutcome($0) } ?? .undefined("the gradient is zero")]
  }
}

/// Products of weights and gradients with their signs.
struct Plain: Metric {
  let description = MetricDescription(
    id: "plain", title: "Plain",
    summary: "Products of weights and gradients with their signs.",
    formula: "Σ W ⊙ ∂Σy/∂W over the matrices of linear nodes and the embedding",
    reference: "abdelfattah2021", needs: [.weightGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.weightSums.map { MetricOutcome($0.plain) } ?? .undefined("the gradient is zero")]
  }
}

/// Connection sensitivity summed over all weights.
struct SNIP: Metric {
  let description = MetricDescription(
    id: "snip", title: "SNIP",
    summary: "Connection sensitivity summed over all weights.",
    formula: "Σ |W ⊙ ∂Σy/∂W| over the matrices of linear nodes and the embedding",
    reference: "lee2019", needs: [.weightGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.weightSums.map { MetricOutcome($0.snip) } ?? .undefined("the gradient is zero")]
  }
}

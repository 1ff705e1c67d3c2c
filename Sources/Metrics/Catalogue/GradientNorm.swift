/// The summed norms of the weight gradients.
struct GradientNorm: Metric {
  let description = MetricDescription(
    id: "gradient-norm", title: "Gradient norm",
    summary: "The summed norms of the weight gradients.",
    formula: "Σ over matrices of ‖∂Σy/∂W‖₂",
    reference: "abdelfattah2021", needs: [.weightGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.weightSums.map { MetricOutcome($0.norm) } ?? .undefined("the gradient is zero")]
  }
}

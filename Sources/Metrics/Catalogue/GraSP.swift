/// GraSP (Wang et al. 2020): gradient signal preservation.
struct GraSP: Metric {
  let description = MetricDescription(
    id: "grasp", title: "GraSP",
    summary: "How the gradient norm changes as all weights grow.",
    formula:
      "−Σ W ⊙ (H·g), g the gradient of Σy and H its Hessian with regard to the matrices of linear nodes and the embedding; biases fixed",
    reference: "wang2020", needs: [.hessianVectorProduct])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.curvature.map { MetricOutcome(-$0) } ?? .undefined("the gradient is zero")]
  }
}

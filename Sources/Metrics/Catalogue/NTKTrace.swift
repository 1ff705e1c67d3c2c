/// Trace of the neural tangent kernel (Shu et al. 2022, NASI).
struct NTKTrace: Metric {
  let description = MetricDescription(
    id: "ntk-trace", title: "NTK trace",
    summary: "Trace of the neural tangent kernel of the columns of the batch.",
    formula:
      "tr Θ, Θᵢⱼ = Σ over the matrices of linear nodes of ∂fᵢ/∂W · ∂fⱼ/∂W, fᵢ the sum of column i over steps and outputs",
    reference: "shu2022", needs: [.sampleGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    switch quantities.tangentKernel {
    case .success(let eigenvalues)?: return [MetricOutcome(eigenvalues.reduce(0, +))]
    case .failure(let failure)?: return [.undefined(failure.text)]
    case nil: return [.undefined("the gradient is zero")]
    }
  }
}

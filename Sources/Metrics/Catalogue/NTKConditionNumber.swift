/// Condition number of the neural tangent kernel (Chen et al. 2021, TE-NAS).
struct NTKConditionNumber: Metric {
  let description = MetricDescription(
    id: "ntk-condition-number", title: "NTK condition number",
    summary: "Largest over smallest eigenvalue of the neural tangent kernel of the columns of the batch.",
    formula: "λmax(Θ) / λmin(Θ), Θ as in the NTK trace",
    better: .lower,
    reference: "chen2021", needs: [.sampleGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    switch quantities.tangentKernel {
    case .success(let eigenvalues)?:
      guard let smallest = eigenvalues.first, let largest = eigenvalues.last else {
        return [.undefined("the batch has no columns")]
      }
      // Eigenvalues below this share of the largest are rounding noise.
      guard smallest > largest * (request.precision == .float32 ? 1e-7 : 1e-14) else {
        return [.undefined("the tangent kernel is singular to working precision")]
      }
      return [MetricOutcome(largest / smallest)]
    case .failure(let failure)?: return [.undefined(failure.text)]
    case nil: return [.undefined("the gradient is zero")]
    }
  }
}

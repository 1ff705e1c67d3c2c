/// Jacobian covariance (Mellor et al. 2021, first version), of the gradient with regard to the embedded tokens.
struct JacobianCovariance: Metric {
  let description = MetricDescription(
    id: "jacobian-covariance", title: "Jacobian covariance",
    summary: "How differently the network reacts to each column of the batch.",
    formula:
      "S of G = ∂Σy/∂embedding as [B, T·e]; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M",
    reference: "mellor2021", needs: [.inputGradient])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.jacobian?.covariance ?? .undefined("the gradient is zero")]
  }
}

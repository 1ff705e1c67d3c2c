/// Jacobian cosine (Celotti et al. 2020): the Jacobian covariance with cosines.
struct JacobianCosine: Metric {
  let description = MetricDescription(
    id: "jacobian-cosine", title: "Jacobian cosine",
    summary: "How differently the network reacts to each column of the batch, by cosines.",
    formula: "1 − ½ · mean over i ≠ j of |cos(Gᵢ, Gⱼ)|^(1/20) over the rows of G = ∂Σy/∂embedding as [B, T·e]",
    reference: "celotti2020", needs: [.inputGradient])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.jacobian?.cosine ?? .undefined("the gradient is zero")]
  }
}

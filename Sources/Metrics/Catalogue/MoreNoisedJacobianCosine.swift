/// More-noised Jacobian cosine (Serianni & Kalita 2023): the product of the scores without noise and with noise of three sizes.
struct MoreNoisedJacobianCosine: Metric {
  let description = MetricDescription(
    id: "more-noised-jacobian-cosine", title: "More noised Jacobian cosine",
    summary: "The product of the Jacobian cosine scores without noise and with noise of 0.1, 10 and 100 variances.",
    formula: "C · C₀.₁ · C₁₀ · C₁₀₀",
    reference: "serianni2023", needs: [.inputGradient, .noisedInputGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.productOverNoise(of: \.cosine)]
  }
}

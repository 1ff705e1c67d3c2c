/// More-noised Jacobian (Serianni & Kalita 2023): the product of the scores without noise and with noise of three sizes.
struct MoreNoisedJacobian: Metric {
  let description = MetricDescription(
    id: "more-noised-jacobian", title: "More noised Jacobian",
    summary: "The product of the Jacobian scores without noise and with noise of 0.1, 10 and 100 variances.",
    formula: "J · J₀.₁ · J₁₀ · J₁₀₀",
    reference: "serianni2023", needs: [.inputGradient, .noisedInputGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.productOverNoise(of: \.covariance)]
  }
}

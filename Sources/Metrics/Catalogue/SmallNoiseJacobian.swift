/// Small noise Jacobian (Serianni & Kalita 2023): how little the score changes with noise on the input.
struct SmallNoiseJacobian: Metric {
  let description = MetricDescription(
    id: "small-noise-jacobian", title: "Small noise Jacobian",
    summary: "How little the Jacobian score changes when noise of 0.1 variances is added.",
    formula:
      "1 − |J − Jₐ| with a = 0.1: J without noise, Jₐ with a · Var(embedding) · n added to the embedding, n standard normal",
    reference: "serianni2023", needs: [.inputGradient, .noisedInputGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.change(of: \.covariance, noise: 0).map { 1 - $0 }]
  }
}

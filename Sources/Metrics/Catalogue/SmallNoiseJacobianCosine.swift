/// Small noise Jacobian cosine (Serianni & Kalita 2023): how little the score changes with noise on the input.
struct SmallNoiseJacobianCosine: Metric {
  let description = MetricDescription(
    id: "small-noise-jacobian-cosine", title: "Small noise Jacobian cosine",
    summary: "How little the Jacobian cosine score changes when noise of 0.1 variances is added.",
    formula:
      "1 − |C − Cₐ| with a = 0.1: C without noise, Cₐ with a · Var(embedding) · n added to the embedding, n standard normal",
    reference: "serianni2023", needs: [.inputGradient, .noisedInputGradients])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.change(of: \.cosine, noise: 0).map { 1 - $0 }]
  }
}

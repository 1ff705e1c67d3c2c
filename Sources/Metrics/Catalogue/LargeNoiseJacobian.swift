/// Large noise Jacobian (Serianni & Kalita 2023): how little the score changes with noise on the input.
struct LargeNoiseJacobian: Metric {
  let description = MetricDescription(
    id: "large-noise-jacobian", title: "Large noise Jacobian",
    summary: "How little the Jacobian score changes when noise of 10 variances is added.",
    formula:
      "1 − |J − Jₐ| with a = 10: J without noise, Jₐ with a · Var(embedding) · n added to the embedding, n standard normal",
    reference: "serianni2023", needs: [.inputGradient, .noisedInputGradients],
    protocols: "the published table of 8,794 rows has |J − Jₐ| − 1 instead")

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    let change = quantities.change(of: \.covariance, noise: 1)
    return [request.protocolName == .results ? change.map { $0 - 1 } : change.map { 1 - $0 }]
  }
}

/// Hidden covariance (Serianni & Kalita 2023): how little the units of a layer repeat one another over the tokens.
struct HiddenCovariance: Metric {
  let description = MetricDescription(
    id: "hidden-covariance", title: "Hidden covariance",
    summary: "How varied the hidden states of a layer are over the tokens of a batch.",
    formula: "S of M = [h, B·T], hidden state 0 at the input of the T steps (zeros at the first), units as rows; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M",
    reference: "serianni2023", needs: [.hiddenStates], isLayered: true)

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    quantities.hiddenCovariance
  }
}

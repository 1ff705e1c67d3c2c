/// Log-SynFlow (Cavagnero et al. 2023).
struct LogSynFlow: Metric {
  let description = MetricDescription(
    id: "log-synflow", title: "Log-SynFlow",
    summary: "Synaptic flow with the logarithm of the gradients.",
    formula: "Σ |W| ⊙ ln(1 + |∂R/∂|W||), R as in SynFlow",
    reference: "cavagnero2023", needs: [.magnitudeNetwork])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.logSynflow ?? .undefined("the product of magnitudes is not finite")]
  }
}

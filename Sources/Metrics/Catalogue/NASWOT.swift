/// NASWOT (Mellor et al. 2021): the activation kernel of rectifiers alone, which is what its derivation holds for.
struct NASWOT: Metric {
  let description = MetricDescription(
    id: "naswot", title: "NASWOT",
    summary: "How differently the linear regions of rectifiers fall for the columns of the batch.",
    formula: "ln |det K| as in activation distance, over leaky rectifiers alone",
    reference: "mellor2021", needs: [.activations])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    [quantities.rectifierKernel?.logDeterminant ?? .undefined("no activations were seen")]
  }
}

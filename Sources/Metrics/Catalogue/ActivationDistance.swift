import ElementaryFunctions

/// Activation distance (Mellor et al. 2021, adapted by Serianni & Kalita 2023).
///
/// A kernel that is singular but for the rounding of its factors gives the logarithm of that rounding, about −40 and far below
/// every other value, as the published values do; an exact zero is undefined.
struct ActivationDistance: Metric {
  let description = MetricDescription(
    id: "activation-distance", title: "Activation distance",
    summary: "How differently the signs of all activations fall for the columns of the batch.",
    formula:
      "ln |det K|, K = Σ over activation nodes, steps and layers of X·Xᵀ + (1 − X)·(1 − X)ᵀ, X = 1[output > 0] of [B, h]",
    reference: "mellor2021", needs: [.activations],
    protocols: "the ablation files add up two passes: B · ln 2 more")

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    let logarithm = quantities.activationKernel?.logDeterminant ?? .undefined("no activations were seen")
    guard request.protocolName == .notebook else { return [logarithm] }
    // det 2K = 2ᴮ det K.
    return [logarithm.map { $0 + Double(request.tokens.columns) * Elementary.log(2) }]
  }
}

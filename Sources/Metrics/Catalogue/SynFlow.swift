import Tensors

/// SynFlow (Tanaka et al. 2020).
struct SynFlow: Metric {
  let description = MetricDescription(
    id: "synflow", title: "SynFlow",
    summary: "Synaptic flow through the magnitudes of the weights, on an input of ones.",
    formula:
      "Σ ||W| ⊙ ∂R/∂|W|| over the matrices of linear nodes, R = Σy of the network of weight magnitudes without biases on one column of ones",
    reference: "tanaka2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    // A blend can make gradients negative.
    let sum = passes.magnitudes.gradients(.ones).sum(over: .matrices, isJoined: true) {
      Element.magnitudeProductSum($0, $1)
    }
    return [sum.finite(otherwise: "the product of magnitudes is not finite")]
  }
}

/// Log-SynFlow (Cavagnero et al. 2023).
struct LogSynFlow: Metric {
  let description = MetricDescription(
    id: "log-synflow", title: "Log-SynFlow",
    summary: "Synaptic flow with the logarithm of the gradients.",
    formula: "Σ |W| ⊙ ln(1 + |∂R/∂|W||), R as in SynFlow",
    reference: "cavagnero2023")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    let sum = passes.magnitudes.gradients(.ones).sum(over: .matrices, isJoined: true) {
      Element.magnitudeLogProductSum($0, $1)
    }
    return [sum.finite(otherwise: "the product of magnitudes is not finite")]
  }
}

import Tensors

/// Synaptic saliency (Tanaka et al. 2020, adapted by Abdelfattah et al. 2021 and Serianni & Kalita 2023).
struct SynapticSaliency: Metric {
  let description = MetricDescription(
    id: "synaptic-saliency", title: "Synaptic saliency",
    summary: "How much the weights carry: the summed products of weights and gradients.",
    formula:
      "Σ |W ⊙ ∂W| over the matrices of linear nodes but those of the first-listed inputs, plus the decoder when it is the embedding",
    reference: "tanaka2020",
    protocols: "the cotangent of y is 1 in results, y itself in notebook")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let gradients = passes.gradients(passes.protocolName == .results ? .ones : .output)
    return [gradients.sum(over: .saliency, isJoined: true) { Element.magnitudeProductSum($0, $1) }]
  }
}

/// Hidden synaptic saliency (Serianni & Kalita 2023): synaptic saliency of hidden states in place of weights.
struct HiddenSynapticSaliency: Metric {
  let description = MetricDescription(
    id: "hidden-synaptic-saliency", title: "Hidden synaptic saliency",
    summary: "How much the hidden states carry: the summed products of states and their gradients.",
    formula: "Σ |h ⊙ ∂h| over hidden state 0 at the input of the steps of all layers",
    reference: "serianni2023",
    protocols:
      "results: one pass with cotangent 1; notebook: the passes without noise, with noise of 0.1, 10 and 100 variances, and with cotangent y added up"
  )

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    var all = [passes.gradients(choice.cotangent)]
    if passes.protocolName == .notebook {
      all.append(passes.gradients(.output))
      all += [0.1, 10, 100].map { passes.noised($0).gradients(.ones) }
    }
    return [.sum(of: all.map { $0.sum(over: .enteringState) { Element.magnitudeProductSum($0, $1) } })]
  }
}

/// Fisher score (Theis et al. 2018; Turner et al. 2020).
struct Fisher: Metric {
  let description = MetricDescription(
    id: "fisher", title: "Fisher",
    summary: "Squared products of activations and their gradients.",
    formula: "Σ (a ⊙ ∂Σy/∂a)² over the outputs of activation nodes",
    reference: "turner2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.gradients(choice.cotangent).sum(over: .activation) { Element.squareProductSum($0, $1) }]
  }
}

/// SynFlow (Tanaka et al. 2020).
struct SynFlow: Metric {
  let description = MetricDescription(
    id: "synflow", title: "SynFlow",
    summary: "Synaptic flow through the magnitudes of the weights, on an input of ones.",
    formula:
      "Σ ||W| ⊙ ∂R/∂|W|| over the matrices of linear nodes, R = Σy of the network of weight magnitudes without biases on one column of ones",
    reference: "tanaka2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    // A blend can make gradients negative.
    let sum = passes.magnitudes().gradients(.flow).sum(over: .matrices, isJoined: true) {
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

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let sum = passes.magnitudes().gradients(.flow).sum(over: .matrices, isJoined: true) {
      Element.magnitudeLogProductSum($0, $1)
    }
    return [sum.finite(otherwise: "the product of magnitudes is not finite")]
  }
}

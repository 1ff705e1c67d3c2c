import Tensors

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

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    var all = [passes.gradients(.ones)]
    if passes.protocolName == .notebook {
      all.append(passes.gradients(.output))
      all += [0.1, 10, 100].map { passes.noised($0).gradients(.ones) }
    }
    return [.sum(of: all.map { $0.sum(over: .enteringState) { Element.magnitudeProductSum($0, $1) } })]
  }
}

import Tensors

/// Fisher score (Theis et al. 2018; Turner et al. 2020).
struct Fisher: Metric {
  let description = MetricDescription(
    id: "fisher", title: "Fisher",
    summary: "Squared products of activations and their gradients.",
    formula: "Σ (a ⊙ ∂Σy/∂a)² over the outputs of activation nodes",
    reference: "turner2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    [passes.gradients(.ones).sum(over: .activation) { Element.squareProductSum($0, $1) }]
  }
}

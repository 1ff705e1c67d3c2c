import Outcomes
import Tensors

/// GraSP (Wang et al. 2020): gradient signal preservation.
struct GraSP: Metric {
  let description = MetricDescription(
    id: "grasp", title: "GraSP",
    summary: "How the gradient norm changes as all weights grow.",
    formula:
      "−Σ W ⊙ (H·g), g the gradient of Σy and H its Hessian with regard to the matrices of linear nodes and the embedding; biases fixed",
    reference: "wang2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    // Σ W ⊙ (H·g) = Σ g ⊙ (H·W).
    let sum = passes.gradients(.ones).hessianSum { gradient, product in Element.productSum(gradient, product) }
    return [sum.map { (sum) throws(Reason) in -sum }]
  }
}

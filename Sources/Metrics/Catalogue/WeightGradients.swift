import Outcomes
import Tensors

/// Gradient norm (Abdelfattah et al. 2021), of each matrix by itself.
struct GradientNorm: Metric {
  let description = MetricDescription(
    id: "gradient-norm", title: "Gradient norm",
    summary: "The summed norms of the weight gradients.",
    formula: "Σ over the weights of ‖∂L/∂W‖₂; \(MetricDescription.objective)",
    reference: "abdelfattah2021", options: [.scope, .cotangent, .reduction])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.gradients(choice.cotangent).sum(over: choice.scope, choice.reduction) { _, gradient in
        Element.squareSum(gradient).squareRoot()
      }
    ]
  }
}

/// The norm of all gradients as one vector.
struct GlobalGradientNorm: Metric {
  let description = MetricDescription(
    id: "global-gradient-norm", title: "Global gradient norm",
    summary: "The norm of the weight gradients as one vector.",
    formula: "√Σ (∂L/∂W)² over the weights; \(MetricDescription.objective)",
    reference: "abdelfattah2021", options: [.scope, .cotangent])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let squares = passes.gradients(choice.cotangent).sum(over: choice.scope) { Element.squareSum($1) }
    return [squares.map { (squares) throws(Reason) in squares.squareRoot() }]
  }
}

/// SNIP (Lee et al. 2019), as a score of the network: its connection sensitivities added up.
struct SNIP: Metric {
  let description = MetricDescription(
    id: "snip", title: "SNIP",
    summary: "Connection sensitivity summed over all weights.",
    formula:
      "Σ |W ⊙ ∂L/∂W| over the weights (recurrent cells: the matrices of linear nodes and the embedding); \(MetricDescription.objective)",
    reference: "lee2019", options: [.scope, .cotangent, .reduction])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.gradients(choice.cotangent).sum(over: choice.scope, choice.reduction) {
        Element.magnitudeProductSum($0, $1)
      }
    ]
  }
}

/// Plain (Abdelfattah et al. 2021): SNIP without the magnitude.
struct Plain: Metric {
  let description = MetricDescription(
    id: "plain", title: "Plain",
    summary: "Products of weights and gradients with their signs.",
    formula:
      "Σ W ⊙ ∂L/∂W over the weights (recurrent cells: the matrices of linear nodes and the embedding); \(MetricDescription.objective)",
    reference: "abdelfattah2021", options: [.scope, .cotangent, .reduction])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.gradients(choice.cotangent).sum(over: choice.scope, choice.reduction) { Element.productSum($0, $1) }]
  }
}

/// GraSP (Wang et al. 2020): gradient signal preservation.
struct GraSP: Metric {
  let description = MetricDescription(
    id: "grasp", title: "GraSP",
    summary: "How the gradient norm changes as all weights grow.",
    formula:
      "−Σ W ⊙ (H·g), g the gradient of L and H its Hessian with regard to the weights (recurrent cells: the matrices of linear nodes and the embedding), all else fixed; \(MetricDescription.objective)",
    reference: "wang2020", options: [.scope, .cotangent])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    // Σ W ⊙ (H·g) = Σ g ⊙ (H·W).
    let sum = passes.gradients(choice.cotangent).hessianSum(over: choice.scope) { gradient, product in
      Element.productSum(gradient, product)
    }
    return [sum.map { (sum) throws(Reason) in -sum }]
  }
}

import Networks
import Tensors

/// SynFlow: the network with the magnitudes of its weights and biases left out, on one column of ones.
struct MagnitudePass<Element: TensorElement> {
  private let model: LanguageModel<Element>
  private let steps: Int
  private let workspace: Workspace

  init(_ model: LanguageModel<Element>, steps: Int, workspace: Workspace) {
    self.model = model
    self.steps = steps
    self.workspace = workspace
  }

  /// Fills the quantities.
  func run(_ quantities: inout Quantities) {
    let mark = workspace.mark()
    defer { workspace.giveBack(since: mark) }
    let magnitudes = model.magnitudes()
    let input: Tensor<Element> = workspace.tensor(steps, model.settings.embeddingSize)
    input.fill(1)
    let trace = magnitudes.forward(input, steps: steps, columns: 1, weights: .all)
    let sweep = ReverseSweepWithSums(trace, workspace, [])
    let output = trace.tape.value(trace.output)
    let ones: Tensor<Element> = workspace.tensor(output.rows, output.columns)
    ones.fill(1)
    sweep.run(seed: ones)
    var sum = 0.0
    var logarithmic = 0.0
    for (weight, gradient) in sweep.weightsAndGradients {
      sum += Element.magnitudeProductSum(weight, gradient)
      logarithmic += Element.magnitudeLogProductSum(weight, gradient)
    }
    quantities.synflow = MetricOutcome(sum, otherwise: "the product of magnitudes is not finite")
    quantities.logSynflow = MetricOutcome(logarithmic, otherwise: "the product of magnitudes is not finite")
  }
}

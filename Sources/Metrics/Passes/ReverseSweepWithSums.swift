import Gradients
import Networks
import Outcomes
import Tensors

/// A reverse sweep over a trace that reduces what passes by to the sums that metrics need, so that gradients need not be
/// kept.
final class ReverseSweepWithSums<Element: TensorElement> {
  let sweep: ReverseSweep<Element>
  private let trace: ForwardTrace<Element>
  private let workspace: Workspace
  private let needs: Set<MetricNeed>
  /// Σ |h ⊙ ∂h| over the states that enter a step.
  private(set) var hiddenSaliency = 0.0
  /// Σ (a · ∂a)² over outputs of activations.
  private(set) var fisher = 0.0
  private var kernel: TangentKernel<Element>?

  init(_ trace: ForwardTrace<Element>, _ workspace: Workspace, _ needs: Set<MetricNeed>) {
    self.trace = trace
    self.workspace = workspace
    self.needs = needs
    sweep = ReverseSweep(trace.tape)
    let tape = trace.tape
    for layer in trace.layers {
      if needs.contains(.hiddenGradients) {
        for (state, end) in layer.stateSteps.dropLast() {
          sweep.visit(state, after: end) { [unowned self] cotangent in
            hiddenSaliency += Element.magnitudeProductSum(tape.value(state), cotangent)
          }
        }
      }
      if needs.contains(.activationGradients) {
        for output in layer.activations {
          sweep.visit(output) { [unowned self] cotangent in
            fisher += Element.squareProductSum(tape.value(output), cotangent)
          }
        }
      }
    }
    if needs.contains(.sampleGradients) {
      let kernel = TangentKernel<Element>(samples: trace.columns, workspace)
      self.kernel = kernel
      sweep.visitProducts { kernel.add($0) }
    }
  }

  /// Runs the sweep from a cotangent of the last layer's outputs.
  func run(seed: Tensor<Element>) {
    sweep.seed(trace.output, seed)
    sweep.run()
  }

  /// The gradient with regard to the embedded tokens [T·B, e].
  var inputGradient: Tensor<Element>? { sweep.cotangent(trace.embedded) }

  /// Every stacked weight with its gradient and the rows that do not belong to first-listed inputs.
  private var gradients: [(weight: Tensor<Element>, gradient: Tensor<Element>, later: Range<Int>)] {
    trace.layers.flatMap { layer in
      let width = trace.tape.value(layer.states).columns
      return layer.weights.compactMap { stacked in
        let variable = stacked.weight.variable
        return sweep.cotangent(variable).map { (trace.tape.value(variable), $0, stacked.laterRows(width: width)) }
      }
    }
  }

  /// Every stacked weight with its gradient.
  var weightsAndGradients: [(weight: Tensor<Element>, gradient: Tensor<Element>)] {
    gradients.map { ($0.weight, $0.gradient) }
  }

  /// Σ |W ⊙ ∂W| over matrices that are not of first-listed inputs.
  var laterSaliency: Double {
    gradients.reduce(0) { sum, item in
      item.later.isEmpty
        ? sum : sum + Element.magnitudeProductSum(item.weight.rows(item.later), item.gradient.rows(item.later))
    }
  }

  /// The sums over the matrices of linear nodes and the embedding.
  func weightSums(with embedding: EmbeddingRows<Element>) -> Quantities.WeightSums {
    var sums = Quantities.WeightSums()
    for layer in trace.layers {
      let width = trace.tape.value(layer.states).columns
      for stacked in layer.weights {
        guard let gradient = sweep.cotangent(stacked.weight.variable) else { continue }
        let weight = trace.tape.value(stacked.weight.variable)
        for part in 0..<stacked.partCount {
          let rows = part * width..<(part + 1) * width
          sums.add(weight.rows(rows), gradient.rows(rows))
        }
      }
    }
    if let gradient = inputGradient { sums.add(embedding.weights, embedding.gradient(gradient)) }
    return sums
  }

  /// The eigenvalues of the tangent kernel.
  var tangentKernel: Result<[Double], Reason> {
    kernel?.eigenvalues ?? .failure(Reason("no samples"))
  }
}

extension Quantities.WeightSums {
  mutating func add<Element>(_ weight: Tensor<Element>, _ gradient: Tensor<Element>) {
    norm += Element.squareSum(gradient).squareRoot()
    snip += Element.magnitudeProductSum(weight, gradient)
    plain += Element.productSum(weight, gradient)
  }
}

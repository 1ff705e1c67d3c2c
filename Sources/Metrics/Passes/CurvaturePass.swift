import Gradients
import Networks
import Tensors

/// θᵀ·H·g = gᵀ·(H·θ): a Hessian-vector product with the weights themselves as the vector, whose tangents cost one product
/// where others cost two. θ are the matrices of linear nodes and the embedding; biases are held fixed.
struct CurvaturePass<Element: TensorElement> {
  private let trace: ForwardTrace<Element>
  private let embedding: EmbeddingRows<Element>

  init(_ trace: ForwardTrace<Element>, _ embedding: EmbeddingRows<Element>) {
    self.trace = trace
    self.embedding = embedding
  }

  /// Runs the given sweep from a cotangent of the outputs together with the sweep of its tangents.
  func run(_ primal: ReverseSweepWithSums<Element>, seed: Tensor<Element>) -> Double {
    let tape = trace.tape
    let tangents = TangentSweep(tape)
    tangents.seed(trace.embedded, tape.value(trace.embedded))
    let weights = trace.layers.flatMap { $0.weights.map(\.weight.variable) }
    for weight in weights { tangents.seed(weight, tape.value(weight)) }
    tangents.run()
    let second = ReverseSweep(tape)
    primal.sweep.seed(trace.output, seed)
    primal.sweep.run(tangents: tangents, second: second)
    var sum = 0.0
    for weight in weights {
      guard let gradient = primal.sweep.cotangent(weight), let product = second.cotangent(weight) else { continue }
      sum += Element.productSum(gradient, product)
    }
    if let gradient = primal.inputGradient, let product = second.cotangent(trace.embedded) {
      sum += Element.productSum(embedding.gradient(gradient), embedding.gradient(product))
    }
    return sum
  }
}

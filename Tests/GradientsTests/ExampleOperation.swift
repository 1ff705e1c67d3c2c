import Tensors

@testable import Gradients

/// y = x³, element by element: the example of Sources/Gradients/README.md. One of the module itself would be a file of
/// `Operations/`.
///
/// Pullback: x̄ += 3·x² ⊙ ȳ.
struct Cube<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let output: Variable

  var inputs: [Variable] { [input] }

  /// target ← or += factor·(the product of all matrices).
  private func multiply(
    _ factor: Double, _ matrices: [Tensor<Element>], into target: Tensor<Element>, accumulate: Bool
  ) {
    tape.withScratch(target.rows, target.columns) { product in
      product.fill(factor)
      for matrix in matrices { Element.multiply(product, matrix, into: product, accumulate: false) }
      Element.scale(1, product, into: target, accumulate: accumulate)
    }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    // No cotangent is the cotangent zero; no destination means that nobody wants the gradient.
    guard let cotangent = sweep.cotangent(output), let (tensor, accumulate) = sweep.destination(input) else { return }
    let x = tape.value(input)
    multiply(3, [x, x, cotangent], into: tensor, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(input) else { return }
    let x = tape.value(input)
    multiply(3, [x, x, tangent], into: sweep.destination(output), accumulate: false)
  }

  /// x̄̇ += 3·x² ⊙ ȳ̇ + 6·x ⊙ ẋ ⊙ ȳ, a dot being the tangent.
  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let (tensor, isAdded) = second.destination(input) else { return }
    var accumulate = isAdded
    let x = tape.value(input)
    if let cotangent = second.cotangent(output) {
      multiply(3, [x, x, cotangent], into: tensor, accumulate: accumulate)
      accumulate = true
    }
    if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(input) {
      multiply(6, [x, tangent, cotangent], into: tensor, accumulate: accumulate)
      accumulate = true
    }
    // A destination that was asked for is written.
    if !accumulate { tensor.fill(0) }
  }
}

extension Tape {
  /// Records y = x³, written into the memory of a variable that nothing has written yet. Both [rows, columns].
  func cube(_ input: Variable, into output: Variable) {
    let (x, y) = (value(input), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns, "equal shapes")
    Element.multiply(x, x, into: y, accumulate: false)
    Element.multiply(y, x, into: y, accumulate: false)
    record(Cube(tape: self, input: input, output: output))
  }
}

extension OperationCase {
  /// The example's case: with it every derivative is checked against central differences.
  static let example = OperationCase(
    operation: "Cube", name: "the example", inputs: [Input(rows: 3, columns: 5)], output: Input(rows: 3, columns: 5)
  ) { tape, inputs, output in tape.cube(inputs[0], into: output) }
}

import Tensors

/// y = f(x), the Gaussian error linear unit element by element: x·Φ(x), or its form with a hyperbolic tangent.
///
/// Pullback: x̄ += f′(x) ⊙ ȳ, from the value of x; y alone does not do, for f is not monotone.
struct GELU<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let form: GELUForm
  let output: Variable

  var inputs: [Variable] { [input] }

  /// target ← or += f⁽ᵒʳᵈᵉʳ⁾(x) ⊙ vector, of all vectors.
  private func apply(
    order: Int32, _ vectors: [Tensor<Element>], into target: Tensor<Element>, accumulate: Bool
  ) {
    let x = tape.value(input)
    tape.withScratch(x.rows, x.columns) { product in
      Element.gelu(form, order: order, x, into: product)
      for vector in vectors.dropLast() { Element.multiply(product, vector, into: product, accumulate: false) }
      if let last = vectors.last { Element.multiply(product, last, into: target, accumulate: accumulate) }
    }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output), let (tensor, accumulate) = sweep.destination(input) else { return }
    apply(order: 1, [cotangent], into: tensor, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(input) else { return }
    apply(order: 1, [tangent], into: sweep.destination(output), accumulate: false)
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let (tensor, isAdded) = second.destination(input) else { return }
    var accumulate = isAdded
    if let cotangent = second.cotangent(output) {
      apply(order: 1, [cotangent], into: tensor, accumulate: accumulate)
      accumulate = true
    }
    if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(input) {
      apply(order: 2, [tangent, cotangent], into: tensor, accumulate: accumulate)
      accumulate = true
    }
    if !accumulate { tensor.fill(0) }
  }
}

extension Tape {
  /// Records y = x·Φ(x), or its form with a hyperbolic tangent, written into the memory of a variable that nothing has
  /// written yet. Both [rows, columns]. Pullbacks read the value of x, not of y.
  package func gelu(_ input: Variable, _ form: GELUForm = .exact, into output: Variable) {
    let (x, y) = (value(input), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns, "equal shapes")
    Element.gelu(form, x, into: y)
    record(GELU(tape: self, input: input, form: form, output: output))
  }
}

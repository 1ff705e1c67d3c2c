import Tensors

/// y = g ⊙ n + b with n = (x − μ)/√(σ² + ε), where μ and σ² are the mean and the mean square about it of each row
/// (Ba, Kiros & Hinton 2016). x, y [rows, columns]; g, b [1, columns].
///
/// Pullback: x̄ += J·(g ⊙ ȳ), ḡ += Σ n ⊙ ȳ, b̄ += Σ ȳ over the rows, with J·u = (u − mean u − n·mean(n ⊙ u))/√(σ² + ε), the
/// Jacobian of n, which is symmetric. n is computed anew from x where it is needed.
struct LayerNorm<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let gain: Variable
  let bias: Variable
  let epsilon: Double
  let output: Variable

  var inputs: [Variable] { [input, gain, bias] }

  private var x: Tensor<Element> { tape.value(input) }

  /// target ← or += J·(gain ⊙ vector); nil for gains of one.
  private func applyJacobian(
    _ vector: Tensor<Element>, gain: Tensor<Element>?, into target: Tensor<Element>, accumulate: Bool
  ) {
    Element.layerNormPullback(x, epsilon: epsilon, gain: gain, dy: vector, dx: target, accumulate: accumulate)
  }

  /// Calls a function with n.
  private func withNormalised(_ body: (Tensor<Element>) -> Void) {
    tape.withScratch(x.rows, x.columns) { normalised in
      Element.layerNorm(x, epsilon: epsilon, into: normalised)
      body(normalised)
    }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    pull(cotangent, sweep)
  }

  private func pull(_ cotangent: Tensor<Element>, _ sweep: ReverseSweep<Element>) {
    if let (tensor, accumulate) = sweep.destination(input) {
      applyJacobian(cotangent, gain: tape.value(gain), into: tensor, accumulate: accumulate)
    }
    if let (tensor, accumulate) = sweep.destination(gain) {
      withNormalised { Element.productColumnTotals($0, cotangent, into: tensor, accumulate: accumulate) }
    }
    if let (tensor, accumulate) = sweep.destination(bias) {
      Element.columnTotals(cotangent, into: tensor, accumulate: accumulate)
    }
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    var accumulate = false
    if let tangent = sweep.tangent(input) {
      let target = sweep.destination(output)
      applyJacobian(tangent, gain: nil, into: target, accumulate: false)
      Element.multiply(target, tape.value(gain).repeated(rows: x.rows), into: target, accumulate: false)
      accumulate = true
    }
    if let tangent = sweep.tangent(gain) {
      let target = sweep.destination(output)
      withNormalised { Element.multiply($0, tangent.repeated(rows: x.rows), into: target, accumulate: accumulate) }
      accumulate = true
    }
    if let tangent = sweep.tangent(bias) {
      Element.scale(1, tangent.repeated(rows: x.rows), into: sweep.destination(output), accumulate: accumulate)
    }
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    if let cotangent = second.cotangent(output) {
      pull(cotangent, second)
    } else {
      for input in inputs {
        if let (tensor, accumulate) = second.destination(input), !accumulate { tensor.fill(0) }
      }
    }
    // The bias's pullback reads the cotangent alone.
    guard let cotangent = primal.cotangent(output) else { return }
    let inputTangent = tangents.tangent(input)
    if let (tensor, _) = second.destination(input) {
      if let tangent = tangents.tangent(gain) {
        applyJacobian(cotangent, gain: tangent, into: tensor, accumulate: true)
      }
      if let inputTangent {
        Element.layerNormPullbackTangent(
          x, tx: inputTangent, epsilon: epsilon, gain: tape.value(gain), dy: cotangent, dx: tensor, accumulate: true)
      }
    }
    if let inputTangent, let (tensor, _) = second.destination(gain) {
      tape.withScratch(x.rows, x.columns) { change in
        applyJacobian(inputTangent, gain: nil, into: change, accumulate: false)
        Element.productColumnTotals(change, cotangent, into: tensor, accumulate: true)
      }
    }
  }
}

extension Tape {
  /// Records y = gain ⊙ (x − μ)/√(σ² + ε) + bias over each row, written into the memory of a variable that nothing has
  /// written yet. Pullbacks read the values of x and of the gain, not of y.
  ///
  /// - Parameters:
  ///   - input: x [rows, columns].
  ///   - gain: [1, columns].
  ///   - bias: [1, columns].
  ///   - epsilon: ε, added to the variance: 10⁻¹² in BERT, 10⁻⁵ in GPT-2.
  ///   - output: y [rows, columns].
  package func layerNorm(_ input: Variable, gain: Variable, bias: Variable, epsilon: Double, into output: Variable) {
    let (x, y) = (value(input), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns, "equal shapes")
    for parameter in [value(gain), value(bias)] {
      precondition(parameter.rows == 1 && parameter.columns == x.columns, "a number for each column")
    }
    Element.layerNorm(x, epsilon: epsilon, gain: value(gain), bias: value(bias), into: y)
    record(LayerNorm(tape: self, input: input, gain: gain, bias: bias, epsilon: epsilon, output: output))
  }
}

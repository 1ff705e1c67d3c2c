import Tensors

/// y = z ⊙ a + (1 − z) ⊙ b. Pullback: z̄ += (a − b) ⊙ ȳ, ā += z ⊙ ȳ, b̄ += (1 − z) ⊙ ȳ.
struct Blend<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let gate: Variable
  let left: Variable
  let right: Variable
  let output: Variable

  var inputs: [Variable] { [gate, left, right] }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    pull(cotangent, sweep)
  }

  /// Adds the products of a cotangent.
  private func pull(_ cotangent: Tensor<Element>, _ sweep: ReverseSweep<Element>) {
    Element.blendPullback(
      tape.value(gate), tape.value(left), tape.value(right), cotangent, dz: sweep.destination(gate),
      da: sweep.destination(left), db: sweep.destination(right))
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    var accumulate = false
    if let tangent = sweep.tangent(gate) {
      let difference = difference(tape.value(left), tape.value(right))
      Element.multiply(difference, tangent, into: sweep.destination(output), accumulate: false)
      tape.workspace.giveBack(difference)
      accumulate = true
    }
    if let tangent = sweep.tangent(left) {
      Element.multiply(tape.value(gate), tangent, into: sweep.destination(output), accumulate: accumulate)
      accumulate = true
    }
    if let tangent = sweep.tangent(right) {
      let target = sweep.destination(output)
      Element.scale(1, tangent, into: target, accumulate: accumulate)
      let negated = negated(tape.value(gate))
      Element.multiply(negated, tangent, into: target, accumulate: true)
      tape.workspace.giveBack(negated)
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
    guard let cotangent = primal.cotangent(output) else { return }
    let gateTangent = tangents.tangent(gate)
    if let (tensor, _) = second.destination(gate) {
      if let tangent = tangents.tangent(left) { Element.multiply(tangent, cotangent, into: tensor, accumulate: true) }
      if let tangent = tangents.tangent(right) {
        let negated = negated(tangent)
        Element.multiply(negated, cotangent, into: tensor, accumulate: true)
        tape.workspace.giveBack(negated)
      }
    }
    guard let gateTangent else { return }
    if let (tensor, _) = second.destination(left) {
      Element.multiply(gateTangent, cotangent, into: tensor, accumulate: true)
    }
    if let (tensor, _) = second.destination(right) {
      let negated = negated(gateTangent)
      Element.multiply(negated, cotangent, into: tensor, accumulate: true)
      tape.workspace.giveBack(negated)
    }
  }

  private func difference(_ a: Tensor<Element>, _ b: Tensor<Element>) -> Tensor<Element> {
    let result: Tensor<Element> = tape.workspace.tensor(a.rows, a.columns)
    Element.scale(1, a, into: result, accumulate: false)
    Element.scale(-1, b, into: result, accumulate: true)
    return result
  }

  private func negated(_ a: Tensor<Element>) -> Tensor<Element> {
    let result: Tensor<Element> = tape.workspace.tensor(a.rows, a.columns)
    Element.scale(-1, a, into: result, accumulate: false)
    return result
  }
}

extension Tape {
  /// Records y = z ⊙ a + (1 − z) ⊙ b, written into the memory of a variable that nothing has written yet. All
  /// [rows, columns].
  package func blend(_ gate: Variable, _ left: Variable, _ right: Variable, into output: Variable) {
    let target = value(output)
    for factor in [value(gate), value(left), value(right)] {
      precondition(factor.rows == target.rows && factor.columns == target.columns, "equal shapes")
    }
    Element.blend(value(gate), value(left), value(right), into: target)
    record(Blend(tape: self, gate: gate, left: left, right: right, output: output))
  }
}

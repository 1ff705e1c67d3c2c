import Tensors

/// y = a ⊙ b. Pullback: ā += b ⊙ ȳ, b̄ += a ⊙ ȳ.
struct Multiply<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let left: Variable
  let right: Variable
  let output: Variable

  var inputs: [Variable] { [left, right] }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    for (input, other) in [(left, right), (right, left)] {
      guard let (tensor, accumulate) = sweep.destination(input) else { continue }
      Element.multiply(tape.value(other), cotangent, into: tensor, accumulate: accumulate)
    }
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    var accumulate = false
    for (input, other) in [(left, right), (right, left)] {
      guard let tangent = sweep.tangent(input) else { continue }
      Element.multiply(tape.value(other), tangent, into: sweep.destination(output), accumulate: accumulate)
      accumulate = true
    }
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    for (input, other) in [(left, right), (right, left)] {
      guard let (tensor, isAdded) = second.destination(input) else { continue }
      var accumulate = isAdded
      if let cotangent = second.cotangent(output) {
        Element.multiply(tape.value(other), cotangent, into: tensor, accumulate: accumulate)
        accumulate = true
      }
      if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(other) {
        Element.multiply(tangent, cotangent, into: tensor, accumulate: accumulate)
        accumulate = true
      }
      if !accumulate { tensor.fill(0) }
    }
  }
}

extension Tape {
  /// Records y = a ⊙ b, written into the memory of a variable that nothing has written yet. All [rows, columns].
  package func multiply(_ left: Variable, _ right: Variable, into output: Variable) {
    let target = value(output)
    for factor in [value(left), value(right)] {
      precondition(factor.rows == target.rows && factor.columns == target.columns, "equal shapes")
    }
    Element.multiply(value(left), value(right), into: target, accumulate: false)
    record(Multiply(tape: self, left: left, right: right, output: output))
  }
}

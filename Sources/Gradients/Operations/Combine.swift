import Tensors

/// y = act(Σ xᵢ + b): the sum of any number of matrices [rows, columns], a constant bias [columns] and an activation.
///
/// Pullback: x̄ᵢ += act′·ȳ, the derivative taken from y. The kink of the leaky rectifier at 0 has the slope 0.01.
struct Combine<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let inputs: [Variable]
  let activation: Activation
  let output: Variable

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    // What one input gets is copied to the next, until something is added to it: an input may be read twice.
    var copied: Tensor<Element>?
    for input in inputs {
      guard let (tensor, accumulate) = sweep.destination(input) else { continue }
      if let copied, !accumulate {
        tensor.copy(from: copied)
      } else {
        Element.activationPullback(
          activation, y: tape.value(output), dy: cotangent, dx: tensor, accumulate: accumulate)
        copied = accumulate ? nil : tensor
      }
    }
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    let tangents = inputs.compactMap { sweep.tangent($0) }
    guard !tangents.isEmpty else { return }
    let sum = sweep.destination(output)
    Element.combine(tangents, .identity, into: sum)
    Element.activationPushforward(activation, y: tape.value(output), tx: sum, ty: sum)
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    let value = tape.value(output)
    for input in inputs {
      guard let (tensor, accumulate) = second.destination(input) else { continue }
      var accumulates = accumulate
      if let cotangent = second.cotangent(output) {
        Element.activationPullback(activation, y: value, dy: cotangent, dx: tensor, accumulate: accumulates)
        accumulates = true
      }
      if let tangent = tangents.tangent(output), let cotangent = primal.cotangent(output) {
        let zero: Tensor<Element> = tape.workspace.zeros(value.rows, value.columns)
        Element.activationPullbackTangent(
          activation, y: value, ty: tangent, dy: cotangent, tdy: zero, tdx: tensor, accumulate: accumulates)
        tape.workspace.giveBack(zero)
        accumulates = true
      }
      if !accumulates { tensor.fill(0) }
    }
  }
}

extension Tape {
  /// Records y = act(Σ xᵢ + b), written into the memory of a variable.
  ///
  /// - Parameters:
  ///   - inputs: Matrices of the shape of the output; without any the sum is the bias.
  ///   - bias: One element a column, or nil.
  ///   - activation: Applied to every element.
  ///   - output: A variable of this tape that nothing has written yet.
  package func combine(
    _ inputs: [Variable], bias: UnsafePointer<Element>? = nil, _ activation: Activation = .identity,
    into output: Variable
  ) {
    let values = inputs.map { value($0) }
    let target = value(output)
    precondition(values.allSatisfy { $0.rows == target.rows && $0.columns == target.columns }, "equal shapes")
    Element.combine(
      values,
      bias: bias.map {
        Tensor(pointer: UnsafeMutablePointer(mutating: $0), rows: 1, columns: target.columns, stride: 0)
      }, activation, into: target)
    record(Combine(tape: self, inputs: inputs, activation: activation, output: output))
  }
}

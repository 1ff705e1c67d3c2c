import Tensors

/// y = act(Σ xᵢ + b): the sum of any number of matrices [rows, columns], a bias [1, columns] that is added to every row, and
/// an activation.
///
/// Pullback: x̄ᵢ += act′·ȳ, the derivative taken from y; b̄ += Σ over the rows of act′·ȳ. The kink of the leaky rectifier at 0
/// has the slope 0.01.
struct Combine<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  /// The matrices, then the bias where there is one.
  let inputs: [Variable]
  let bias: Variable?
  let activation: Activation
  let output: Variable

  private var terms: ArraySlice<Variable> { bias == nil ? inputs[...] : inputs.dropLast() }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    // What one input gets is copied to the next, until something is added to it: an input may be read twice.
    var copied: Tensor<Element>?
    for term in terms {
      guard let (tensor, accumulate) = sweep.destination(term) else { continue }
      if let copied, !accumulate {
        tensor.copy(from: copied)
      } else {
        pull(cotangent, into: tensor, accumulate: accumulate)
        copied = accumulate ? nil : tensor
      }
    }
    guard let bias, let (tensor, accumulate) = sweep.destination(bias) else { return }
    if let share = activation == .identity ? cotangent : copied {
      Element.columnTotals(share, into: tensor, accumulate: accumulate)
    } else {
      tape.withScratch(cotangent.rows, cotangent.columns) { share in
        pull(cotangent, into: share, accumulate: false)
        Element.columnTotals(share, into: tensor, accumulate: accumulate)
      }
    }
  }

  private func pull(_ cotangent: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    Element.activationPullback(
      activation, y: tape.value(output), dy: cotangent, dx: target, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    let tangents = terms.compactMap { sweep.tangent($0) }
    let biasTangent = bias.flatMap { sweep.tangent($0) }
    guard !tangents.isEmpty || biasTangent != nil else { return }
    let sum = sweep.destination(output)
    Element.combine(tangents, bias: biasTangent, .identity, into: sum)
    Element.activationPushforward(activation, y: tape.value(output), tx: sum, ty: sum)
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    func pull(into target: Tensor<Element>, accumulate: Bool) {
      let value = tape.value(output)
      var accumulates = accumulate
      if let cotangent = second.cotangent(output) {
        self.pull(cotangent, into: target, accumulate: accumulates)
        accumulates = true
      }
      if let tangent = tangents.tangent(output), let cotangent = primal.cotangent(output) {
        let zero: Tensor<Element> = tape.workspace.zeros(value.rows, value.columns)
        Element.activationPullbackTangent(
          activation, y: value, ty: tangent, dy: cotangent, tdy: zero, tdx: target, accumulate: accumulates)
        tape.workspace.giveBack(zero)
        accumulates = true
      }
      if !accumulates { target.fill(0) }
    }
    for term in terms {
      if let (tensor, accumulate) = second.destination(term) { pull(into: tensor, accumulate: accumulate) }
    }
    guard let bias, let (tensor, accumulate) = second.destination(bias) else { return }
    tape.withScratch(tape.value(output).rows, tensor.columns) { share in
      pull(into: share, accumulate: false)
      Element.columnTotals(share, into: tensor, accumulate: accumulate)
    }
  }
}

extension Tape {
  /// Records y = act(Σ xᵢ + b), written into the memory of a variable.
  ///
  /// - Parameters:
  ///   - inputs: Matrices of the shape of the output; without any the sum is the bias.
  ///   - bias: A variable [1, columns], or nil. Nothing is done for its gradient unless that is wanted.
  ///   - activation: Applied to every element.
  ///   - output: A variable of this tape that nothing has written yet.
  package func combine(
    _ inputs: [Variable], bias: Variable? = nil, _ activation: Activation = .identity, into output: Variable
  ) {
    let values = inputs.map { value($0) }
    let target = value(output)
    precondition(values.allSatisfy { $0.rows == target.rows && $0.columns == target.columns }, "equal shapes")
    let biasValue = bias.map { value($0) }
    precondition(biasValue.map { $0.rows == 1 && $0.columns == target.columns } ?? true, "a bias for each column")
    Element.combine(values, bias: biasValue, activation, into: target)
    let all = bias.map { inputs + [$0] } ?? inputs
    record(Combine(tape: self, inputs: all, bias: bias, activation: activation, output: output))
  }
}

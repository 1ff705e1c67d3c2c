import Tensors

/// The columns that a softmax leaves out, or a matrix that is added before it.
package enum SoftmaxMask<Element: TensorElement> {
  /// Every column counts.
  case none
  /// Row r counts columns 0 … r + memory: a token sees itself, the tokens before it, and so many of a segment before those.
  case causal(memory: Int = 0)
  /// A constant [rows, columns], or [1, columns] for all rows, that is added: −∞ takes an element out. A row that is −∞
  /// throughout becomes NaN.
  case added(Tensor<Element>)
}

/// y = softmax over each row of scale·x + mask: yᵣ꜀ = exp(zᵣ꜀)/Σ exp(zᵣ). x, y [rows, columns].
///
/// Pullback: x̄ += scale·y ⊙ (ȳ − Σ y·ȳ), from y alone; the Jacobian is symmetric.
struct Softmax<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let scale: Double
  let output: Variable

  var inputs: [Variable] { [input] }

  private func applyJacobian(_ vector: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    Element.softmaxPullback(scale: scale, y: tape.value(output), dy: vector, dx: target, accumulate: accumulate)
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output), let (tensor, accumulate) = sweep.destination(input) else { return }
    applyJacobian(cotangent, into: tensor, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(input) else { return }
    applyJacobian(tangent, into: sweep.destination(output), accumulate: false)
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let (tensor, isAdded) = second.destination(input) else { return }
    var accumulate = isAdded
    if let cotangent = second.cotangent(output) {
      applyJacobian(cotangent, into: tensor, accumulate: accumulate)
      accumulate = true
    }
    if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(output) {
      Element.softmaxPullbackTangent(
        scale: scale, y: tape.value(output), ty: tangent, dy: cotangent, dx: tensor, accumulate: accumulate)
      accumulate = true
    }
    if !accumulate { tensor.fill(0) }
  }
}

extension Tape {
  /// Records y = softmax of scale·x + mask over each row, written into the memory of a variable that nothing has written
  /// yet. Both [rows, columns]; what the mask leaves out is 0. Pullbacks read the value of y, not of x.
  package func softmax(
    _ input: Variable, scale: Double = 1, mask: SoftmaxMask<Element> = .none, into output: Variable
  ) {
    let (x, y) = (value(input), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns, "equal shapes")
    switch mask {
    case .none: Element.softmax(x, scale: scale, into: y)
    case .causal(let memory): Element.softmax(x, scale: scale, diagonal: memory, into: y)
    case .added(let added):
      precondition((added.rows == 1 || added.rows == x.rows) && added.columns == x.columns, "a mask of x's shape")
      Element.softmax(x, scale: scale, mask: added, into: y)
    }
    record(Softmax(tape: self, input: input, scale: scale, output: output))
  }
}

import Tensors

/// y = op(a)·op(b), op being the transpose where asked for: op(a) [rows, k], op(b) [k, columns], y [rows, columns].
///
/// Pullback, of factors that are not transposed: ā += ȳ·bᵀ, b̄ += aᵀ·ȳ. Attention takes it for the scores q·kᵀ and the
/// values p·v of each sequence and head, which are views. A weight that many products read is better a `Project`, which lays
/// it out once and gathers its gradient.
struct MatrixProduct<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let left: Variable
  let isLeftTransposed: Bool
  let right: Variable
  let isRightTransposed: Bool
  let output: Variable

  var inputs: [Variable] { [left, right] }

  /// target ← or += op(a)·op(b).
  private func product(_ a: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    target.assignProduct(
      a, transposed: isLeftTransposed, b, rightTransposed: isRightTransposed, accumulate: accumulate)
  }

  /// target ← or += what a cotangent gives the left factor, with the right one b.
  private func pullLeft(
    _ cotangent: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool
  ) {
    if isLeftTransposed {
      target.assignProduct(
        b, transposed: isRightTransposed, cotangent, rightTransposed: true, accumulate: accumulate)
    } else {
      target.assignProduct(cotangent, b, rightTransposed: !isRightTransposed, accumulate: accumulate)
    }
  }

  /// target ← or += what a cotangent gives the right factor, with the left one a.
  private func pullRight(
    _ cotangent: Tensor<Element>, _ a: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool
  ) {
    if isRightTransposed {
      target.assignProduct(
        cotangent, transposed: true, a, rightTransposed: isLeftTransposed, accumulate: accumulate)
    } else {
      target.assignProduct(a, transposed: !isLeftTransposed, cotangent, accumulate: accumulate)
    }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    if let (tensor, accumulate) = sweep.destination(left) {
      pullLeft(cotangent, tape.value(right), into: tensor, accumulate: accumulate)
    }
    if let (tensor, accumulate) = sweep.destination(right) {
      pullRight(cotangent, tape.value(left), into: tensor, accumulate: accumulate)
    }
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    var accumulate = false
    if let tangent = sweep.tangent(left) {
      product(tangent, tape.value(right), into: sweep.destination(output), accumulate: accumulate)
      accumulate = true
    }
    if let tangent = sweep.tangent(right) {
      product(tape.value(left), tangent, into: sweep.destination(output), accumulate: accumulate)
    }
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    typealias Pull = (Tensor<Element>, Tensor<Element>, Tensor<Element>, Bool) -> Void
    let sides: [(input: Variable, other: Variable, pull: Pull)] = [
      (left, right, { pullLeft($0, $1, into: $2, accumulate: $3) }),
      (right, left, { pullRight($0, $1, into: $2, accumulate: $3) }),
    ]
    for side in sides {
      guard let (tensor, isAdded) = second.destination(side.input) else { continue }
      var accumulate = isAdded
      if let cotangent = second.cotangent(output) {
        side.pull(cotangent, tape.value(side.other), tensor, accumulate)
        accumulate = true
      }
      if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(side.other) {
        side.pull(cotangent, tangent, tensor, accumulate)
        accumulate = true
      }
      if !accumulate { tensor.fill(0) }
    }
  }
}

extension Tape {
  /// Records y = op(a)·op(b), written into the memory of a variable that nothing has written yet. Pullbacks read the values
  /// of a and b, not of y.
  ///
  /// - Parameters:
  ///   - left: a [rows, k], or [k, rows] when `transposed`.
  ///   - right: b [k, columns], or [columns, k] when `rightTransposed`.
  ///   - output: y [rows, columns], which overlaps neither.
  package func product(
    _ left: Variable, transposed: Bool = false, _ right: Variable, rightTransposed: Bool = false, into output: Variable
  ) {
    value(output).assignProduct(value(left), transposed: transposed, value(right), rightTransposed: rightTransposed)
    record(
      MatrixProduct(
        tape: self, left: left, isLeftTransposed: transposed, right: right, isRightTransposed: rightTransposed,
        output: output))
  }
}

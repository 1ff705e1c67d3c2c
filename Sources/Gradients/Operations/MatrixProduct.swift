import Tensors

/// y = op(a)·op(b), op being the transpose where asked for: op(a) [rows, k], op(b) [k, columns], y [rows, columns].
///
/// Pullback, of factors that are not transposed: ā += ȳ·bᵀ, b̄ += aᵀ·ȳ. Attention takes it for the scores q·kᵀ and the
/// values p·v of each sequence and head, which are views. A weight that many products read is better a `Project`, which lays
/// it out once and gathers its gradient.
struct MatrixProduct<Element: TensorElement>: BilinearOperation {
  unowned let tape: Tape<Element>
  let left: Variable
  let isLeftTransposed: Bool
  let right: Variable
  let isRightTransposed: Bool
  let output: Variable

  func apply(_ a: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    target.assignProduct(
      a, transposed: isLeftTransposed, b, rightTransposed: isRightTransposed, accumulate: accumulate)
  }

  func pullLeft(
    _ cotangent: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool
  ) {
    if isLeftTransposed {
      target.assignProduct(
        b, transposed: isRightTransposed, cotangent, rightTransposed: true, accumulate: accumulate)
    } else {
      target.assignProduct(cotangent, b, rightTransposed: !isRightTransposed, accumulate: accumulate)
    }
  }

  func pullRight(
    _ cotangent: Tensor<Element>, _ a: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool
  ) {
    if isRightTransposed {
      target.assignProduct(
        cotangent, transposed: true, a, rightTransposed: isLeftTransposed, accumulate: accumulate)
    } else {
      target.assignProduct(a, transposed: !isLeftTransposed, cotangent, accumulate: accumulate)
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

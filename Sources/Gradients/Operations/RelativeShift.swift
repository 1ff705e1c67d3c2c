import Tensors

/// y[i, j] = x[i, j + S − 1 − i], and 0 where x has no such column: scores of distances in the places of the keys. x, y [S, n].
///
/// Column j of x belongs to the distance n − 1 − j; step i sees key j at the distance i + n − S − j. Transformer-XL (Dai et al.
/// 2019) computes scores once for all distances and shifts them.
struct RelativeShift<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let output: Variable

  var inputs: [Variable] { [input] }

  /// The columns of x and of y that row i has in common.
  private static func columns(_ row: Int, of x: Tensor<Element>) -> (x: Range<Int>, y: Range<Int>) {
    let shift = min(x.columns, x.rows - 1 - row)
    return (shift..<x.columns, 0..<x.columns - shift)
  }

  static func shift(_ x: Tensor<Element>, into y: Tensor<Element>) {
    y.fill(0)
    for row in 0..<x.rows {
      let columns = columns(row, of: x)
      y.rows(row..<row + 1).columns(columns.y).copy(from: x.rows(row..<row + 1).columns(columns.x))
    }
  }

  /// x̄ ← or += the columns of ȳ in the places that they come from.
  private func pull(_ cotangent: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    for row in 0..<target.rows {
      let columns = Self.columns(row, of: target)
      target.rows(row..<row + 1).columns(columns.x).add(cotangent.rows(row..<row + 1).columns(columns.y))
    }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output), let (tensor, accumulate) = sweep.destination(input) else { return }
    pull(cotangent, into: tensor, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(input) else { return }
    Self.shift(tangent, into: sweep.destination(output))
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let (tensor, accumulate) = second.destination(input) else { return }
    if let cotangent = second.cotangent(output) {
      pull(cotangent, into: tensor, accumulate: accumulate)
    } else if !accumulate {
      tensor.fill(0)
    }
  }
}

extension Tape {
  /// Records y[i, j] = x[i, j + S − 1 − i], 0 where there is no such column, written into the memory of a variable that nothing
  /// has written yet. Both [S, n]. Pullbacks read no value.
  package func relativeShift(_ input: Variable, into output: Variable) {
    let (x, y) = (value(input), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns, "equal shapes")
    RelativeShift.shift(x, into: y)
    record(RelativeShift(tape: self, input: input, output: output))
  }
}

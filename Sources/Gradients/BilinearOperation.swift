import Tensors

/// An operation that is linear in each of two inputs, a and b. What it is, and what a cotangent gives either of the two, is all
/// that its derivatives are made of.
protocol BilinearOperation<Element>: Operation {
  var tape: Tape<Element> { get }
  var left: Variable { get }
  var right: Variable { get }

  /// target ← or += the operation of a and b.
  func apply(_ a: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool)

  /// target ← or += what a cotangent gives a, for b.
  func pullLeft(_ cotangent: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool)

  /// target ← or += what a cotangent gives b, for a.
  func pullRight(_ cotangent: Tensor<Element>, _ a: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool)
}

extension BilinearOperation {
  var inputs: [Variable] { [left, right] }

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
      apply(tangent, tape.value(right), into: sweep.destination(output), accumulate: accumulate)
      accumulate = true
    }
    if let tangent = sweep.tangent(right) {
      apply(tape.value(left), tangent, into: sweep.destination(output), accumulate: accumulate)
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

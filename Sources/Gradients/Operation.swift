import Tensors

/// An operation as it stands on a tape. Its forward computation is the function of `Tape` that records it.
package protocol Operation<Element> {
  /// What the matrices are made of.
  associatedtype Element: TensorElement

  /// What it reads.
  var inputs: [Variable] { get }

  /// What it wrote.
  var output: Variable { get }

  /// Adds the vector-Jacobian products of the output's cotangent to the cotangents of the inputs that are wanted.
  func pullback(_ sweep: ReverseSweep<Element>)

  /// Writes the output's tangent from those of the inputs; an input without a tangent has the tangent zero.
  func pushforward(_ sweep: TangentSweep<Element>)

  /// Adds the tangents of what `pullback` adds to the cotangents of a second sweep.
  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>)
}

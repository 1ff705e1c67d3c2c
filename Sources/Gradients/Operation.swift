import Tensors

/// An operation as it stands on a tape. Its forward computation is the function of `Tape` that records it; the README of the
/// module says how one is added, and `Cube` in its tests is one to copy.
///
/// In the three functions nil stands for zero, or for what nobody wants; a destination that a sweep hands out is written.
package protocol Operation<Element> {
  associatedtype Element: TensorElement

  /// The variables it reads. An operation of which neither these nor the output are wanted is not recorded.
  var inputs: [Variable] { get }

  /// The variable it wrote.
  var output: Variable { get }

  /// Adds the vector-Jacobian products of the output's cotangent to the cotangents of the inputs that are wanted.
  func pullback(_ sweep: ReverseSweep<Element>)

  /// Writes the output's tangent from those of the inputs; an input without a tangent has the tangent zero.
  func pushforward(_ sweep: TangentSweep<Element>)

  /// Adds the tangents of what `pullback` adds to the cotangents of a second sweep.
  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>)
}

import Networks
import Outcomes
import Tensors

/// A sum over tensors, and how many they are.
struct TensorSum {
  var sum = 0.0
  var count = 0

  mutating func add(_ term: Double) {
    sum += term
    count += 1
  }

  /// The sum, or the sum divided by the number of tensors.
  ///
  /// - Parameter reason: What is said when there are no tensors.
  func reduced(_ reduction: Reduction, otherwise reason: String = "there are no such parameters") throws(Reason)
    -> Double
  {
    guard count > 0 else { throw Reason(reason) }
    return reduction == .mean ? sum / Double(count) : sum
  }
}

/// The nuclear norms of matrices by name, each computed once.
final class NuclearNorms {
  private var known: [String: Outcome<Double>] = [:]

  /// ‖x‖_*, the sum of the singular values, in double precision.
  func norm<Element: TensorElement>(
    _ name: String, _ x: Tensor<Element>, _ workspace: Workspace
  ) throws(Reason) -> Double {
    if let outcome = known[name] { return try outcome.get() }
    let copy = x.doubled(workspace)
    defer { workspace.giveBack(copy) }
    let outcome = Outcome<Double>.of { () throws(Reason) in try LinearAlgebra.nuclearNorm(copy) }
    known[name] = outcome
    return try outcome.get()
  }
}

extension Tensor {
  /// The elements in double precision, in new memory that the caller gives back.
  func doubled(_ workspace: Workspace) -> Tensor<Double> {
    let copy: Tensor<Double> = workspace.tensor(rows, columns)
    Element.convert(self, toDouble: copy)
    return copy
  }
}

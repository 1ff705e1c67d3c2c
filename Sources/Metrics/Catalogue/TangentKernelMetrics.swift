import Outcomes
import Sizes
import Tensors

/// Trace of the neural tangent kernel (Shu et al. 2022, NASI).
struct NTKTrace: Metric {
  let description = MetricDescription(
    id: "ntk-trace", title: "NTK trace",
    summary: "Trace of the neural tangent kernel of the sequences of the batch.",
    formula:
      "tr Θ, Θᵢⱼ = Σ over the weights (recurrent cells: the matrices of linear nodes) of ∂Lᵢ/∂W · ∂Lⱼ/∂W, Lᵢ the objective of sequence i alone; \(MetricDescription.objective)",
    reference: "shu2022", options: [.scope, .cotangent])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.tangentKernel(choice).map { (eigenvalues) throws(Reason) in eigenvalues.reduce(0, +) }]
  }
}

/// Condition number of the neural tangent kernel (Chen et al. 2021, TE-NAS).
struct NTKConditionNumber: Metric {
  let description = MetricDescription(
    id: "ntk-condition-number", title: "NTK condition number",
    summary: "Largest over smallest eigenvalue of the neural tangent kernel of the sequences of the batch.",
    formula: "λmax(Θ) / λmin(Θ), Θ as in the NTK trace",
    better: .lower,
    reference: "chen2021", options: [.scope, .cotangent])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.tangentKernel(choice).map { (eigenvalues) throws(Reason) in
        guard let smallest = eigenvalues.first, let largest = eigenvalues.last else {
          throw Reason("the batch has no sequences")
        }
        // Eigenvalues below this share of the largest are rounding noise.
        guard smallest > largest * (Element.self == Float.self ? 1e-7 : 1e-14) else {
          throw Reason("the tangent kernel is singular to working precision")
        }
        return largest / smallest
      }
    ]
  }
}

extension Passes {
  /// The eigenvalues of the tangent kernel Θ, ascending, computed once for both. Of recurrent cells they come of the products
  /// that make up the gradients of one sweep, of others of a pass over each sequence.
  fileprivate func tangentKernel(_ choice: MetricChoice) -> Reading<[Double]> {
    guard matrices(of: choice) == .matrices else { return tangentKernel(choice.cotangent, choice.scope) }
    return shared(TangentKernelKey(cotangent: choice.cotangent)) {
      Shared(
        gradients(choice.cotangent).matrixProducts(
          into: { TangentKernel(samples: $0.trace.batchSize, $0.workspace) }, add: { $0.add($1) },
          { (kernel) throws(Reason) in try kernel.eigenvalues() }))
    }.reading
  }

  private struct TangentKernelKey: Hashable { var cotangent: Cotangent }

  private final class Shared {
    let reading: Reading<[Double]>

    init(_ reading: Reading<[Double]>) { self.reading = reading }
  }
}

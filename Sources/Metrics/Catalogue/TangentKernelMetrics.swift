import Outcomes
import Tensors

/// Trace of the neural tangent kernel (Shu et al. 2022, NASI).
struct NTKTrace: Metric {
  let description = MetricDescription(
    id: "ntk-trace", title: "NTK trace",
    summary: "Trace of the neural tangent kernel of the columns of the batch.",
    formula:
      "tr Θ, Θᵢⱼ = Σ over the matrices of linear nodes of ∂fᵢ/∂W · ∂fⱼ/∂W, fᵢ the sum of column i over steps and outputs",
    reference: "shu2022")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    [passes.tangentKernel.map { (eigenvalues) throws(Reason) in eigenvalues.reduce(0, +) }]
  }
}

/// Condition number of the neural tangent kernel (Chen et al. 2021, TE-NAS).
struct NTKConditionNumber: Metric {
  let description = MetricDescription(
    id: "ntk-condition-number", title: "NTK condition number",
    summary: "Largest over smallest eigenvalue of the neural tangent kernel of the columns of the batch.",
    formula: "λmax(Θ) / λmin(Θ), Θ as in the NTK trace",
    better: .lower,
    reference: "chen2021")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    [
      passes.tangentKernel.map { (eigenvalues) throws(Reason) in
        guard let smallest = eigenvalues.first, let largest = eigenvalues.last else {
          throw Reason("the batch has no columns")
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
  /// The eigenvalues of the tangent kernel Θ, ascending, computed once for both.
  fileprivate var tangentKernel: Reading<[Double]> {
    shared(ObjectIdentifier(TangentKernel<Element>.self)) {
      Shared(
        gradients(.ones).matrixProducts(
          into: { TangentKernel(samples: $0.trace.batchSize, $0.workspace) }, add: { $0.add($1) },
          { (kernel) throws(Reason) in try kernel.eigenvalues() }))
    }.reading
  }

  private final class Shared {
    let reading: Reading<[Double]>

    init(_ reading: Reading<[Double]>) { self.reading = reading }
  }
}

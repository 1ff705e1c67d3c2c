import Networks
import Outcomes
import Tensors

/// The approximation of the tangent kernel's trace of NASI (Shu et al. 2022) by one batch.
///
/// It adds the products of the gradients of different sequences to what `ntk-trace` sums, and takes one sweep where that takes one
/// for each sequence. NASI's objective, which a large trace spoils, is t − μ·max(0, t − ν) of this t, with μ and ν = γ·n/η of the
/// training set's size n and its step η: a derived column of a spec.
struct NASITrace: Metric {
  let description = MetricDescription(
    id: "nasi-trace", title: "NASI trace",
    summary: "The squared norm of the gradient of the mean loss, which stands for the trace of the tangent kernel.",
    formula:
      "Σ over matrices of ‖∂L/∂W‖²_F, L the mean loss of the batch, or the objective of another cotangent divided by the number of sequences",
    reference: "shu2022", options: [.scope, .cotangent], prefersLoss: true)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let sum = passes.gradients(choice.cotangent).sum(over: choice.scope) { Element.squareSum($1) }
    guard choice.cotangent.loss == nil else { return [sum] }
    let batchSize = passes.architecture { (_, tokens) throws(Reason) in Double(tokens.batchSize) }
    return [
      Reading { () throws(Reason) in
        let count = try batchSize.value()
        return try sum.value() / (count * count)
      }
    ]
  }
}

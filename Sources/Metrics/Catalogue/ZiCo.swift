import ElementaryFunctions
import Networks
import Outcomes
import Tensors

/// ZiCo (Li et al. 2023): how much gradients agree from one batch to another, of two batches, which are the two halves of the
/// sequences. Of an odd number the last sequence is left out.
struct ZiCo: Metric {
  let description = MetricDescription(
    id: "zico", title: "ZiCo",
    summary: "How large weight gradients are against their change from one half of the batch to the other.",
    formula:
      "Σ over matrices of ln Σ (|g₁| + |g₂|)/2 / sd, g₁ and g₂ the gradients of the loss over the first and the second half of the sequences, sd = |g₁ − g₂|/2; entries with sd = 0 are left out, and matrices whose inner sum is 0; of recurrent cells Σy in place of a loss",
    reference: "li2023zico", options: [.scope, .cotangent], prefersLoss: true)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let scope = passes.kind == .recurrentCell ? .matrices : choice.scope
    return [
      passes.halfGradients(choice.cotangent, scope) { (gradients) throws(Reason) in
        var sum: Double?
        for parameter in gradients {
          let inner = Self.inner(parameter.rows)
          guard inner.isFinite else { throw Reason("the gradient is not finite") }
          if inner > 0 { sum = (sum ?? 0) + Elementary.log(inner) }
        }
        guard let sum else { throw Reason("the gradients of both halves are the same") }
        return sum
      }
    ]
  }

  /// Σ (|a| + |b|)/|a − b| over the columns (a, b) of a matrix [2, n] with a ≠ b.
  static func inner<Element: TensorElement>(_ rows: Tensor<Element>) -> Double {
    precondition(rows.rows == 2, "two batches")
    let workspace = Workspace()
    let block = 1 << 16
    let doubles: Tensor<Double> = workspace.tensor(2, min(block, rows.columns))
    var sum = 0.0
    for start in stride(from: 0, to: rows.columns, by: block) {
      let columns = start..<min(start + block, rows.columns)
      let part = doubles.columns(0..<columns.count)
      Element.convert(rows.columns(columns), toDouble: part)
      let (first, second) = (part.pointer, part.pointer + part.stride)
      for index in 0..<columns.count where first[index] != second[index] {
        sum += (abs(first[index]) + abs(second[index])) / abs(first[index] - second[index])
      }
    }
    return sum
  }
}

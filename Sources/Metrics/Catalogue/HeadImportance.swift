import Networks
import Outcomes
import Tensors

/// Head importance (Serianni & Kalita 2023, after Michel et al. 2019): the saliency of the matrices inside the operations.
struct HeadImportance: Metric {
  let description: MetricDescription
  /// The matrices.
  let scope: ParameterScope
  /// The fewest rows of a matrix that counts, rows as it is stored; the published filter is 128.
  let minimumRows: Int

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let sum = passes.gradients(choice.cotangent).saliency(over: scope) { $0.weight.rows >= minimumRows }
    return [
      sum.map { (sum) throws(Reason) in
        try sum.reduced(choice.reduction, otherwise: "no matrix has \(minimumRows) rows or more")
      }
    ]
  }

  private static func ofOperations(_ rows: Int, id: String, title: String) -> HeadImportance {
    HeadImportance(
      description: MetricDescription(
        id: id, title: title,
        summary: "Summed products of weights and gradients of the operations' larger matrices.",
        formula:
          "Σ |W ⊙ ∂L/∂W| over the linear layers inside the operations, without their outputs, whose matrix has at least \(rows) rows; \(MetricDescription.objective)",
        reference: "michel2019", options: [.cotangent, .reduction], kinds: .transformers), scope: .operation,
      minimumRows: rows)
  }

  /// With the published filter.
  static let published = ofOperations(128, id: "head-importance", title: "Head importance")

  /// With a filter that leaves out no matrix of the benchmark but single kernels.
  static let small = ofOperations(32, id: "head-importance-32", title: "Head importance from 32 rows")

  /// Of all matrices, as LPZero's code has it for GPT-2.
  static let allMatrices = HeadImportance(
    description: MetricDescription(
      id: "all-matrices-importance", title: "Importance of all matrices",
      summary: "Head importance summed over all linear layers, as LPZero's code has it for GPT-2.",
      formula:
        "Σ |W ⊙ ∂L/∂W| over all linear layers inside the layers whose matrix has at least 128 rows as it is stored; \(MetricDescription.objective)",
      reference: "dong2024lpzero", options: [.cotangent, .reduction], kinds: .transformers), scope: .layers,
    minimumRows: 128)
}

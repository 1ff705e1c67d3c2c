import Outcomes
import Tensors

/// What the released `RNN_results.csv` holds under the name of the Jacobian covariance: the score of the embedded tokens, which no cell has any part in.
struct EmbeddingCovariance: Metric {
  let description = MetricDescription(
    id: "embedding-covariance", title: "Embedding covariance",
    summary: "The covariance score of the embedded tokens: not a property of the cell at all.",
    formula:
      "S of the embedded tokens as [T, B·e]; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M",
    reference: "serianni2023")

  func values<Element: TensorElement>(_ passes: Passes<Element>) -> [Reading<Double>] {
    [
      passes.input { (input, workspace) throws(Reason) in
        let embedded = input.embedded
        let rows: Tensor<Double> = workspace.tensor(input.sequenceLength, input.batchSize * embedded.columns)
        defer { workspace.giveBack(rows) }
        Element.convert(embedded, toDouble: rows.reshaped(embedded.rows, embedded.columns))
        return try CovarianceScore.ofRows(rows, workspace)
      }
    ]
  }
}

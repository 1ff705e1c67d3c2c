import Networks
import Outcomes
import Tensors

/// Hidden covariance (Serianni & Kalita 2023): how little the units of a layer repeat one another over the tokens.
struct HiddenCovariance: Metric {
  let description = MetricDescription(
    id: "hidden-covariance", title: "Hidden covariance",
    summary: "How varied the hidden states of a layer are over the tokens of a batch.",
    formula:
      "S of M = [h, B·T], hidden state 0 at the input of the T steps (zeros at the first), units as rows; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M",
    reference: "serianni2023", isLayered: true)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    (0..<passes.layerCount).map { layer in
      passes.forward.read(.states) { (values) throws(Reason) in
        guard let states = values.probes.first(where: { $0.label.layer == layer }) else {
          throw Reason("the network has no layer \(layer + 1)")
        }
        let entering = delayed(values.trace.tape.value(states.variable), by: states.delay, values.workspace)
        defer { values.workspace.giveBack(entering) }
        return try CovarianceScore.ofColumns(entering, values.workspace)
      }
    }
  }

  /// The rows after so many rows of zeros, in new memory; as many at the end are left out.
  private func delayed<Element: TensorElement>(
    _ states: Tensor<Element>, by count: Int, _ workspace: Workspace
  ) -> Tensor<Element> {
    let delayed: Tensor<Element> = workspace.tensor(states.rows, states.columns)
    if count > 0 { delayed.rows(0..<count).fill(0) }
    delayed.rows(count..<states.rows).copy(from: states.rows(0..<states.rows - count))
    return delayed
  }
}

/// What the released `RNN_results.csv` holds under the name of the Jacobian covariance: the score of the embedded tokens,
/// which no cell has any part in.
struct EmbeddingCovariance: Metric {
  let description = MetricDescription(
    id: "embedding-covariance", title: "Embedding covariance",
    summary: "The covariance score of the embedded tokens: not a property of the cell at all.",
    formula:
      "S of the embedded tokens as [T, B·e]; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M",
    reference: "serianni2023")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
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

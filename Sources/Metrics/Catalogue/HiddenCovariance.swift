import Networks
import Outcomes
import Tensors

/// Hidden covariance (Serianni & Kalita 2023): how little the units of hidden states repeat one another over the tokens, or the
/// tokens over the units.
struct HiddenCovariance: Metric {
  let description: MetricDescription
  let place: HiddenStatePlace
  /// Whether tokens are compared in place of units.
  let isOfTokens: Bool

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    place.layers(passes.layerCount).map { layer in
      passes.forward.read(place.probe) { (values) throws(Reason) in
        let states = try place.states(layer, values)
        let value = values.trace.tape.value(states.variable)
        if isOfTokens {
          let tokens = value.doubled(values.workspace)
          defer { values.workspace.giveBack(tokens) }
          return try CovarianceScore.ofManyRows(tokens, values.workspace)
        }
        let entering = delayed(value, by: states.delay, values.workspace)
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

  private static let score =
    "S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M"

  /// Of units, in each place.
  static let ofUnits = HiddenStatePlace.allCases.map { place in
    HiddenCovariance(
      description: MetricDescription(
        id: place.id("hidden-covariance"), title: place.title("Hidden covariance"),
        summary: place == .layers
          ? "How varied the hidden states of a layer are over the tokens of a batch."
          : "How varied the hidden states are over the tokens of a batch\(place.clause).",
        formula: place == .layers
          ? "S of M = [h, tokens], units as rows; recurrent cells: hidden state 0 at the input of the T steps, zeros at the first; transformers: the outputs of a layer; \(score)"
          : "S of M = [h, tokens], \(place.words), units as rows; \(score)",
        reference: "serianni2023", isLayered: place == .layers, kinds: place.kinds), place: place, isOfTokens: false)
  }

  /// Of tokens, in each place.
  static let ofTokens = HiddenStatePlace.allCases.map { place in
    HiddenCovariance(
      description: MetricDescription(
        id: place.id("token-covariance"), title: place.title("Token covariance"),
        summary: "How differently the tokens of a batch are represented\(place.clause).",
        formula: "S of M = [tokens, h], \(place.words), tokens as rows; \(score)", reference: "serianni2023",
        isLayered: place == .layers, kinds: place.kinds.subtracting(.recurrentCells)), place: place, isOfTokens: true)
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
    reference: "serianni2023", kinds: .recurrentCells)

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

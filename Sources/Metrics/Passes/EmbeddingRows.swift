import Networks
import Tensors

/// The rows of the embedding that the batch reads: the only ones whose gradient is not zero.
struct EmbeddingRows<Element: TensorElement> {
  private let tokens: TokenBatch
  private let workspace: Workspace
  private let places: [Int]
  private let lastToken: Int32
  /// The weights [distinct tokens, e].
  let weights: Tensor<Element>

  init(_ model: LanguageModel<Element>, _ tokens: TokenBatch, _ workspace: Workspace) {
    self.tokens = tokens
    self.workspace = workspace
    lastToken = Int32(model.settings.vocabularySize - 1)
    var rows: [Int32: Int] = [:]
    var distinct: [Int32] = []
    places = tokens.ids.map { id in
      if let row = rows[id] { return row }
      rows[id] = distinct.count
      distinct.append(id)
      return distinct.count - 1
    }
    weights = workspace.tensor(distinct.count, model.settings.embeddingSize)
    for (row, id) in distinct.enumerated() {
      weights.rows(row..<row + 1).copy(from: model.embedding.rows(Int(id)..<Int(id) + 1))
    }
  }

  /// The gradient of the rows: the sums of the gradients [T·B, e] of the places where their tokens stand.
  ///
  /// The released code looks embeddings up with the padding index −1, which stands for the token V − 1: its row gets no
  /// gradient there.
  func gradient(_ inputGradient: Tensor<Element>, skipsLastToken: Bool = false) -> Tensor<Element> {
    let gradient: Tensor<Element> = workspace.zeros(weights.rows, weights.columns)
    for (row, place) in places.enumerated() where !(skipsLastToken && tokens.ids[row] == lastToken) {
      gradient.rows(place..<place + 1).add(inputGradient.rows(row..<row + 1))
    }
    return gradient
  }
}

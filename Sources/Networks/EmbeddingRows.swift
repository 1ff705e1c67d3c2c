import Tensors

/// The rows of the embedding that the batch reads: the only ones whose gradient is not zero.
package final class EmbeddingRows<Element: TensorElement> {
  private let tokens: TokenBatch
  private let workspace: Workspace
  private let embedding: Tensor<Element>
  /// By place of the batch, the row of its token.
  private let places: [Int]
  private let distinct: [Int32]
  private let lastToken: Int32
  /// The weights [distinct tokens, e].
  private(set) package lazy var weights: Tensor<Element> = {
    let weights: Tensor<Element> = workspace.tensor(distinct.count, embedding.columns)
    for (row, id) in distinct.enumerated() {
      weights.rows(row..<row + 1).copy(from: embedding.rows(Int(id)..<Int(id) + 1))
    }
    return weights
  }()

  /// Finds the rows; takes memory when they are read.
  init(_ embedding: Tensor<Element>, _ tokens: TokenBatch, _ workspace: Workspace) {
    self.embedding = embedding
    self.tokens = tokens
    self.workspace = workspace
    lastToken = Int32(embedding.rows - 1)
    var rows: [Int32: Int] = [:]
    var distinct: [Int32] = []
    places = tokens.ids.map { id in
      if let row = rows[id] { return row }
      rows[id] = distinct.count
      distinct.append(id)
      return distinct.count - 1
    }
    self.distinct = distinct
  }

  /// The gradient of the rows in new memory: the sums of the gradients [T·B, e] of the places where their tokens stand.
  ///
  /// - Parameters:
  ///   - inputGradient: The gradient of the embedded tokens.
  ///   - skipsLastToken: True when the token V − 1 gets none.
  func gradient(_ inputGradient: Tensor<Element>, skipsLastToken: Bool) -> Tensor<Element> {
    let gradient: Tensor<Element> = workspace.zeros(distinct.count, embedding.columns)
    for (row, place) in places.enumerated() where !(skipsLastToken && tokens.ids[row] == lastToken) {
      gradient.rows(place..<place + 1).add(inputGradient.rows(row..<row + 1))
    }
    return gradient
  }
}

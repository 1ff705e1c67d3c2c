import Sizes

/// Sizes of a stack of recurrent layers between an embedding and a decoder.
public struct RecurrentSizes: Sendable, Hashable {
  /// Tokens V of the vocabulary.
  public let vocabularySize: Int
  /// Width e of the embedding.
  public let embeddingSize: Int
  /// Width of the hidden states, but for a tied last layer.
  public let hiddenSize: Int
  /// Number of layers.
  public let layerCount: Int
  /// Whether the decoder has the weights of the embedding; the last layer then has the width e.
  public let isTied: Bool

  /// Creates sizes; by default those of NAS-Bench-NLP on Penn Treebank.
  ///
  /// - Throws: `RecordError` when a size is not positive.
  public init(
    vocabularySize: Int = MeasurementSizes.vocabulary.standard,
    embeddingSize: Int = MeasurementSizes.embedding.standard, hiddenSize: Int = MeasurementSizes.hidden.standard,
    layerCount: Int = MeasurementSizes.layers.standard, isTied: Bool = MeasurementSizes.isTied
  ) throws(RecordError) {
    for (name, size) in [
      ("vocabulary size", vocabularySize), ("embedding size", embeddingSize), ("hidden size", hiddenSize),
      ("number of layers", layerCount),
    ] where size < 1 {
      throw RecordError(reason: "the \(name) is \(size), not positive")
    }
    guard layerCount <= 1024 else { throw RecordError(reason: "\(layerCount) layers are over the limit of 1,024") }
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.isTied = isTied
  }

  /// Input width I and width H of a layer, the lowest being 0.
  public func widths(ofLayer layer: Int) -> (input: Int, hidden: Int) {
    (
      layer == 0 ? embeddingSize : hiddenSize,
      isTied && layer == layerCount - 1 ? embeddingSize : hiddenSize
    )
  }
}

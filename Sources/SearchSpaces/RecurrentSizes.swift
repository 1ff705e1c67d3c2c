import Outcomes
import Sizes

/// Sizes of a stack of recurrent layers between an embedding and a decoder.
package struct RecurrentSizes: Sendable, Hashable {
  /// Tokens V of the vocabulary.
  package let vocabularySize: Int
  /// Width e of the embedding.
  package let embeddingSize: Int
  /// Width of the hidden states, but for a tied last layer.
  package let hiddenSize: Int
  /// Number of layers.
  package let layerCount: Int
  /// True when the decoder has the weights of the embedding; the last layer then has the width e.
  package let isTied: Bool

  /// Creates sizes; by default those of NAS-Bench-NLP on Penn Treebank.
  ///
  /// - Throws: `Reason` when a size is not positive.
  package init(
    vocabularySize: Int = MeasurementSizes.vocabulary.standard,
    embeddingSize: Int = MeasurementSizes.embedding.standard, hiddenSize: Int = MeasurementSizes.hidden.standard,
    layerCount: Int = MeasurementSizes.layers.standard, isTied: Bool = MeasurementSizes.isTied
  ) throws(Reason) {
    for (name, size) in [
      ("vocabulary size", vocabularySize), ("embedding size", embeddingSize), ("hidden size", hiddenSize),
      ("number of layers", layerCount),
    ] where size < 1 {
      throw Reason("the \(name) is \(size), not positive")
    }
    guard layerCount <= 1024 else { throw Reason("\(layerCount) layers are over the limit of 1,024") }
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.isTied = isTied
  }

  /// Input width I and width H of a layer, the lowest being 0.
  package func widths(ofLayer layer: Int) -> (input: Int, hidden: Int) {
    (
      layer == 0 ? embeddingSize : hiddenSize,
      isTied && layer == layerCount - 1 ? embeddingSize : hiddenSize
    )
  }
}

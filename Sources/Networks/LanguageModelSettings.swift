import Outcomes
import SearchSpaces
import Sizes

/// The sizes of a recurrent language model: V tokens, embeddings of e, L layers of width h of which the last has width e
/// when the decoder is tied to the embedding. Defaults are those of NAS-Bench-NLP on Penn Treebank.
package struct LanguageModelSettings: Sendable, Hashable {
  /// The sizes, which have no bounds of their own.
  package let sizes: RecurrentSizes

  /// V.
  package var vocabularySize: Int { sizes.vocabularySize }
  /// e.
  package var embeddingSize: Int { sizes.embeddingSize }
  /// h.
  package var hiddenSize: Int { sizes.hiddenSize }
  /// L.
  package var layerCount: Int { sizes.layerCount }
  /// True when decoder and embedding are one matrix.
  package var isTied: Bool { sizes.isTied }

  /// Checks and joins the sizes.
  ///
  /// - Throws: `Reason` for a size that is not in the range of `MeasurementSizes`.
  package init(
    vocabularySize: Int = MeasurementSizes.vocabulary.standard,
    embeddingSize: Int = MeasurementSizes.embedding.standard, hiddenSize: Int = MeasurementSizes.hidden.standard,
    layerCount: Int = MeasurementSizes.layers.standard, isTied: Bool = MeasurementSizes.isTied
  ) throws(Reason) {
    for (size, value) in [
      (MeasurementSizes.vocabulary, vocabularySize), (MeasurementSizes.embedding, embeddingSize),
      (MeasurementSizes.hidden, hiddenSize), (MeasurementSizes.layers, layerCount),
    ] where !size.range.contains(value) {
      throw Reason("\(size.name) is \(value), not \(size.range.lowerBound) … \(size.range.upperBound)")
    }
    sizes = try RecurrentSizes(
      vocabularySize: vocabularySize, embeddingSize: embeddingSize, hiddenSize: hiddenSize, layerCount: layerCount,
      isTied: isTied)
  }

  /// Width of what a layer reads.
  package func inputWidth(ofLayer layer: Int) -> Int { sizes.widths(ofLayer: layer).input }

  /// Width of a layer's states.
  package func width(ofLayer layer: Int) -> Int { sizes.widths(ofLayer: layer).hidden }
}

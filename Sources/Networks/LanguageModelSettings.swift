import SearchSpaces

/// The sizes of a recurrent language model: V tokens, embeddings of e, L layers of width h of which the last has width e
/// when the decoder is tied to the embedding. Defaults are those of NAS-Bench-NLP on Penn Treebank.
public struct LanguageModelSettings: Sendable, Hashable {
  /// V that a network may have.
  public static let vocabularySizes = 2...1_000_000
  /// e and h that a network may have.
  public static let widths = 1...8192
  /// L that a network may have.
  public static let layerCounts = 1...32

  /// The sizes, unbounded.
  public let sizes: RecurrentSizes

  /// V.
  public var vocabularySize: Int { sizes.vocabularySize }
  /// e.
  public var embeddingSize: Int { sizes.embeddingSize }
  /// h.
  public var hiddenSize: Int { sizes.hiddenSize }
  /// L.
  public var layerCount: Int { sizes.layerCount }
  /// Whether decoder and embedding are one matrix.
  public var isTied: Bool { sizes.isTied }

  /// Checks and joins the sizes.
  ///
  /// - Throws: `NetworkError` unless 2 ≤ V ≤ 1,000,000, 1 ≤ e, h ≤ 8192 and 1 ≤ L ≤ 32.
  public init(
    vocabularySize: Int = 10_000, embeddingSize: Int = 400, hiddenSize: Int = 600, layerCount: Int = 3,
    isTied: Bool = true
  ) throws(NetworkError) {
    guard Self.vocabularySizes.contains(vocabularySize) else {
      throw NetworkError("the vocabulary has \(vocabularySize) tokens, not 2 … 1,000,000")
    }
    guard Self.widths.contains(embeddingSize) else {
      throw NetworkError("the embedding size is \(embeddingSize), not 1 … 8,192")
    }
    guard Self.widths.contains(hiddenSize) else {
      throw NetworkError("the hidden size is \(hiddenSize), not 1 … 8,192")
    }
    guard Self.layerCounts.contains(layerCount) else {
      throw NetworkError("there are \(layerCount) layers, not 1 … 32")
    }
    do throws(RecordError) {
      sizes = try RecurrentSizes(
        vocabularySize: vocabularySize, embeddingSize: embeddingSize, hiddenSize: hiddenSize, layerCount: layerCount,
        isTied: isTied)
    } catch {
      throw NetworkError(error.reason)
    }
  }

  /// Width of what a layer reads.
  public func inputWidth(ofLayer layer: Int) -> Int { sizes.widths(ofLayer: layer).input }

  /// Width of a layer's states.
  public func width(ofLayer layer: Int) -> Int { sizes.widths(ofLayer: layer).hidden }
}

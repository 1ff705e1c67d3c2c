/// The search spaces of publications, by name.
package enum PublishedSpace: String, Sendable, Hashable, CaseIterable {
  /// The encoders of Serianni & Kalita (2023).
  case encoders = "serianni2023-encoders"
  /// The GPT-2 models of LiteTransformerSearch.
  case gpt2 = "litetransformersearch-gpt2"
  /// The Transformer-XL models of LiteTransformerSearch.
  case transformerXL = "litetransformersearch-transformer-xl"
  /// The Transformer-XL models of LiteTransformerSearch whose layers are alike.
  case transformerXLHomogeneous = "litetransformersearch-transformer-xl-homogeneous"

  /// The kind of its architectures.
  package var kind: ArchitectureKind {
    switch self {
    case .encoders: .encoder
    case .gpt2: .gpt2
    case .transformerXL, .transformerXLHomogeneous: .transformerXL
    }
  }

  /// The space.
  ///
  /// - Parameter variant: The network of an encoder whose parameters and operations are counted; of no meaning for decoders.
  package func space(_ variant: EncoderVariant = .declared) -> any RecordSpace {
    switch self {
    case .encoders: EncoderSpace.published(variant)
    case .gpt2: DecoderSpace.gpt2
    case .transformerXL: DecoderSpace.transformerXL
    case .transformerXLHomogeneous: DecoderSpace.transformerXLHomogeneous
    }
  }
}

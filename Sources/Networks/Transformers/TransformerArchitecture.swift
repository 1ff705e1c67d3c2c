import SearchSpaces

/// A transformer as scores of its description read it, without a network.
package protocol TransformerArchitecture: Architecture {
  /// Neural Spectral Capacity (Zhu, Zhao & Lu 2026) in one of its readings.
  func spectralCapacity(_ reading: CapacityReading) -> Double
  /// The parameters of attention, or of what stands in its place, and of the feed-forward networks.
  var layerParameterCount: Int { get }
  /// All parameters but those of embeddings and of the head.
  var nonEmbeddingParameterCount: Int { get }
}

/// The readings of Neural Spectral Capacity: the published one of a kind of network, and those that differ from it in one respect.
package enum CapacityReading: String, Sendable, Hashable, CaseIterable {
  /// As in the released code. Encoders: queries, keys and values as one matrix, the feed-forward layers as branches side by side,
  /// Xavier's variance. Decoders: a matrix for each head, a standard deviation of 0.02.
  case published
  /// Queries, keys and values as one matrix.
  case merged
  /// Queries, keys and values as matrices of the heads.
  case perHead = "per-head"
  /// The feed-forward layers of an encoder as the stack that was trained.
  case stacked
  /// The variance 2/(inputs + outputs).
  case xavier
  /// The variance 2/inputs.
  case kaiming
  /// The standard deviation 0.02.
  case constant

  fileprivate func attention(_ published: AttentionReading) -> AttentionReading {
    switch self {
    case .merged: .merged
    case .perHead: .perHead
    default: published
    }
  }

  fileprivate func scale(_ published: SpectralCapacity.Scale) -> SpectralCapacity.Scale {
    switch self {
    case .xavier: .xavier
    case .kaiming: .kaiming
    case .constant: .gpt2
    default: published
    }
  }
}

extension EncoderArchitecture: TransformerArchitecture {
  /// Of the declared sizes and operations, whatever the variant: so it was published.
  package func spectralCapacity(_ reading: CapacityReading) -> Double {
    var capacity = SpectralCapacity()
    let matrices = record.capacityMatrices(
      attention: reading.attention(.merged), feedForward: reading == .stacked ? .stack : .branches)
    return capacity.value(of: matrices, scale: reading.scale(.xavier))
  }

  /// With the normalisations of the layers.
  package var layerParameterCount: Int {
    record.operationParameterCount(variant) + record.feedForwardParameterCount(variant)
  }

  package var nonEmbeddingParameterCount: Int { layerParameterCount }
}

extension DecoderArchitecture: TransformerArchitecture {
  package func spectralCapacity(_ reading: CapacityReading) -> Double {
    var capacity = SpectralCapacity()
    let matrices = configuration.record.capacityMatrices(attention: reading.attention(.perHead))
    return capacity.value(of: matrices, scale: reading.scale(.gpt2))
  }

  /// `Attn` and `FFN` of LiteTransformerSearch.
  package var layerParameterCount: Int {
    let counts = configuration.parameterCounts
    return counts.attention + counts.feedForward
  }

  package var nonEmbeddingParameterCount: Int { configuration.parameterCounts.nonEmbedding }
}

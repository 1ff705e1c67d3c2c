/// Exact numbers of parameters of a decoder, in the parts that LiteTransformerSearch lists in its `params_summary.yaml`.
///
/// With d the model width, f the feed-forward widths and L layers:
///
/// | part | GPT-2 | Transformer-XL |
/// |---|---|---|
/// | `AdaEmb` | vectors, projections, positions·d | vectors, projections |
/// | `Attn` | L·(4d² + 4d) | L·(5d² + 2d), with its normalisation |
/// | `FFN` | Σ (2d·f + f + d) | Σ (2d·f + f + d) |
/// | `nonembedding` | Attn + FFN + L·4d + 2d | Attn + FFN + L·2d + L·2d |
/// | `total` | AdaEmb + nonembedding + softmax | AdaEmb + nonembedding + softmax |
///
/// What `nonembedding` adds are normalisations, in a Transformer-XL those after the feed-forward networks, and its two biases of
/// relative positions. They are the fields of all released models: 200 and 200 on WikiText-103, 99 homogeneous ones, and the 236 of
/// the six Pareto sets.
///
/// The configurations of released Transformer-XL models also log `n_nonemb_param`, which lacks the L·2d biases, and
/// `n_all_param`, which lacks L·2d of them, too, or (L − 1)·2d where all layers are alike: there they share one pair.
package struct DecoderParameterCounts: Sendable, Hashable {
  /// `AdaEmb`.
  package let adaptiveEmbedding: Int
  /// What the softmax has of its own; not listed in the file.
  package let softmax: Int
  /// `Attn`.
  package let attention: Int
  /// `FFN`: with `Attn`, the decoder parameters by which LiteTransformerSearch ranks.
  package let feedForward: Int
  /// Normalisations outside `Attn` and `FFN`.
  package let normalisation: Int
  /// Biases of relative positions.
  package let relativeBias: Int

  /// `nonembedding`.
  package var nonEmbedding: Int { attention + feedForward + normalisation + relativeBias }
  /// `total`.
  package var total: Int { adaptiveEmbedding + nonEmbedding + softmax }
}

extension DecoderConfiguration {
  /// Exact numbers of parameters.
  package var parameterCounts: DecoderParameterCounts {
    let (width, depth) = (width, layers.count)
    let feedForward = layers.reduce(0) { sum, layer in
      sum + 2 * width * layer.feedForwardDimension + layer.feedForwardDimension + width
    }
    let embedding = self.embedding.parameterCount(modelWidth: width) + positionCount * width
    let softmax = self.embedding.softmaxParameterCount(modelWidth: width)
    return switch kind {
    case .gpt2:
      DecoderParameterCounts(
        adaptiveEmbedding: embedding, softmax: softmax, attention: depth * (4 * width * width + 4 * width),
        feedForward: feedForward, normalisation: depth * 4 * width + 2 * width, relativeBias: 0)
    case .transformerXL:
      DecoderParameterCounts(
        adaptiveEmbedding: embedding, softmax: softmax, attention: depth * (5 * width * width + 2 * width),
        feedForward: feedForward, normalisation: depth * 2 * width, relativeBias: depth * 2 * width)
    }
  }
}

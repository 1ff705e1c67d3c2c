extension EncoderRecord {
  /// Exact number of parameters of a variant, embeddings (V = 30,522 tokens, E = 128, 512 positions, 2 types) included.
  package func parameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    let embedding = 128
    let embeddings =
      embedding * (30_522 + 512 + 2) + 2 * embedding + (hidden == embedding ? 0 : embedding * hidden + hidden)
    return embeddings + operationParameterCount(variant) + feedForwardParameterCount(variant)
  }

  /// The parameters that a masked language model has besides: a dense layer from the hidden size to 128 with its normalisation, and
  /// a bias for each of 30,522 tokens; the vectors of the tokens are those of the embedding.
  package func headParameterCount(_ variant: EncoderVariant) -> Int {
    Self.dense(hiddenSize(variant), 128) + 2 * 128 + 30_522
  }

  /// The parameters of a variant's operations, with the layer normalisations that belong to them.
  package func operationParameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    return layers.reduce(0) { $0 + count($1, operation($1, variant), hidden) }
  }

  /// The parameters of a variant's feed-forward stacks, with the layer normalisations after them.
  package func feedForwardParameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    return layers.reduce(0) { sum, layer in
      let all = [hidden] + feedForwardWidths(layer, variant) + [hidden]
      return sum + zip(all, all.dropFirst()).reduce(2 * hidden) { $0 + Self.dense($1.0, $1.1) }
    }
  }

  private func count(_ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int) -> Int {
    let attention = 4 * Self.dense(hidden, hidden) + 2 * hidden
    switch operation {
    case .scaledDotProduct: return attention
    case .weightedMultiplicative: return attention + hidden * hidden
    case .fourier, .cosine: return Self.dense(hidden, hidden)
    case .convolution5, .convolution9:
      let shape = ConvolutionShape(layer, operation, hidden)
      let separable = hidden * shape.kernel + hidden * shape.width + shape.width
      return 3 * Self.dense(hidden, shape.width) + separable + Self.dense(shape.width, shape.heads * shape.kernel)
        + Self.dense(hidden, shape.width) + Self.dense(hidden, hidden) + 2 * hidden
    }
  }

  private static func dense(_ input: Int, _ output: Int) -> Int { input * output + output }
}

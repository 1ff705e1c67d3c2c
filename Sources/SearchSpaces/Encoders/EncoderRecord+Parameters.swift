extension EncoderRecord {
  /// Exact number of parameters of a variant, embeddings (V = 30,522 tokens, E = 128, 512 positions, 2 types) included.
  package func parameterCount(_ variant: EncoderVariant) -> Int {
    Self.embeddingParameterCount(hidden: hiddenSize(variant)) + operationParameterCount(variant)
      + feedForwardParameterCount(variant)
  }

  /// The number of parameters that the record itself declares: hidden size and operations as in `declared`, and each layer's k
  /// feed-forward layers h → f → … → f → h of its declared width f. It is the count that Neural Spectral Capacity is published
  /// beside (Zhu, Zhao & Lu 2026); none of the three networks has it.
  package var parameterCountWithDeclaredWidths: Int {
    Self.embeddingParameterCount(hidden: hiddenSize) + operationParameterCount(.declared)
      + layers.reduce(0) { sum, layer in
        let widths = Array(repeating: layer.feedForwardDimension, count: layer.feedForwardCount)
        return sum + Self.stack(hiddenSize, widths)
      }
  }

  private static func embeddingParameterCount(hidden: Int) -> Int {
    let embedding = 128
    return embedding * (30_522 + 512 + 2) + 2 * embedding + (hidden == embedding ? 0 : embedding * hidden + hidden)
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
    return layers.reduce(0) { $0 + Self.stack(hidden, feedForwardWidths($1, variant)) }
  }

  /// The parameters of one stack with the widths between its ends, and of the normalisation after it.
  private static func stack(_ hidden: Int, _ widths: [Int]) -> Int {
    let all = [hidden] + widths + [hidden]
    return zip(all, all.dropFirst()).reduce(2 * hidden) { $0 + dense($1.0, $1.1) }
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

/// The three networks that one record stands for.
package enum EncoderVariant: String, Sendable, Hashable, CaseIterable {
  /// The network whose metric values were released: hidden size 256 and feed-forward width 1024 whatever is declared.
  case published
  /// The declared hidden size, feed-forward width 1024.
  case declared
  /// The network that was trained: declared hidden size, scaled-dot-product attention in every layer, feed-forward
  /// widths 4h, f, …, f.
  case asTrained = "as-trained"
}

extension EncoderRecord {
  /// Exact number of parameters of a variant, embeddings (V = 30,522 tokens, E = 128, 512 positions, 2 types) included.
  package func parameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    let embedding = 128
    let embeddings =
      embedding * (30_522 + 512 + 2) + 2 * embedding + (hidden == embedding ? 0 : embedding * hidden + hidden)
    return embeddings + operationParameterCount(variant) + feedForwardParameterCount(variant)
  }

  /// The parameters of a variant's operations, with the layer normalisations that belong to them.
  package func operationParameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    return layers.reduce(0) { $0 + operation($1, variant == .asTrained ? .scaledDotProduct : $1.operation, hidden) }
  }

  /// The parameters of a variant's feed-forward stacks, with the layer normalisations after them.
  package func feedForwardParameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = hiddenSize(variant)
    return layers.reduce(0) { sum, layer in
      let all = [hidden] + feedForwardWidths(layer, variant) + [hidden]
      return sum + zip(all, all.dropFirst()).reduce(2 * hidden) { $0 + Self.dense($1.0, $1.1) }
    }
  }

  /// The hidden size of a variant.
  func hiddenSize(_ variant: EncoderVariant) -> Int { variant == .published ? 256 : hiddenSize }

  /// The widths between the ends of a layer's feed-forward stack.
  func feedForwardWidths(_ layer: EncoderLayer, _ variant: EncoderVariant) -> [Int] {
    let isTrained = variant == .asTrained
    return [isTrained ? 4 * hiddenSize : 1024]
      + Array(repeating: isTrained ? layer.feedForwardDimension : 1024, count: layer.feedForwardCount - 1)
  }

  private func operation(_ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int) -> Int {
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

/// Sizes of a span-based convolution: half of its heads attend, half convolve.
struct ConvolutionShape {
  /// Width K of the kernel.
  let kernel: Int
  /// Heads n = max(1, H div 2).
  let heads: Int
  /// Their width a = n·(h div H) together.
  let width: Int

  init(_ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int) {
    kernel = operation == .convolution5 ? 5 : 9
    heads = max(1, layer.heads / 2)
    width = heads * (hidden / layer.heads)
  }
}

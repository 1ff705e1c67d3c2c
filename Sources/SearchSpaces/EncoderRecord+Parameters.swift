/// The three networks that one record stands for.
public enum EncoderVariant: String, Sendable, Hashable, CaseIterable {
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
  public func parameterCount(_ variant: EncoderVariant) -> Int {
    let hidden = variant == .published ? 256 : hiddenSize
    let embedding = 128
    let embeddings =
      embedding * (30_522 + 512 + 2) + 2 * embedding + (hidden == embedding ? 0 : embedding * hidden + hidden)
    return layers.reduce(embeddings) { sum, layer in
      switch variant {
      case .published, .declared:
        sum + operation(layer, hidden)
          + Self.stack([1024] + Array(repeating: 1024, count: layer.feedForwardCount - 1), hidden)
      case .asTrained:
        sum + 4 * Self.dense(hidden, hidden) + 2 * hidden
          + Self.stack(
            [4 * hidden] + Array(repeating: layer.feedForwardDimension, count: layer.feedForwardCount - 1), hidden)
      }
    }
  }

  private func operation(_ layer: EncoderLayer, _ hidden: Int) -> Int {
    let attention = 4 * Self.dense(hidden, hidden) + 2 * hidden
    switch layer.operation {
    case .scaledDotProduct: return attention
    case .weightedMultiplicative: return attention + hidden * hidden
    case .fourier, .cosine: return Self.dense(hidden, hidden)
    case .convolution5, .convolution9:
      let kernel = layer.operation == .convolution5 ? 5 : 9
      let heads = max(1, layer.heads / 2)
      let width = heads * (hidden / layer.heads)
      let separable = hidden * kernel + hidden * width + width
      return 3 * Self.dense(hidden, width) + separable + Self.dense(width, heads * kernel) + Self.dense(hidden, width)
        + Self.dense(hidden, hidden) + 2 * hidden
    }
  }

  /// h → w₁ → … → h with biases, and the layer normalisation after it.
  private static func stack(_ widths: [Int], _ hidden: Int) -> Int {
    let all = [hidden] + widths + [hidden]
    return zip(all, all.dropFirst()).reduce(2 * hidden) { $0 + dense($1.0, $1.1) }
  }

  private static func dense(_ input: Int, _ output: Int) -> Int { input * output + output }
}

extension EncoderRecord {
  /// How the declared k feed-forward layers of width f are read.
  package enum FeedForwardReading: Sendable, Hashable, CaseIterable {
    /// k branches side by side, each [f div k, h] and [h, f div k], as the released code of Neural Spectral Capacity has them.
    case branches
    /// A stack h → f → … → f → h of k hidden layers, as a feed-forward network of k layers is usually built.
    case stack
  }

  /// The weight matrices that Neural Spectral Capacity counts, at the declared hidden size h, whose networks were trained, and
  /// the declared operations, which were not.
  ///
  /// Self-attention has queries, keys, values and output; a linear transform two matrices [h, h], a convolution one, as the
  /// released code has it.
  package func capacityMatrices(
    attention: AttentionReading = .merged, feedForward: FeedForwardReading = .branches
  ) -> [WeightMatrices] {
    layers.flatMap { layer -> [WeightMatrices] in
      let operation: [WeightMatrices] =
        switch layer.operation.type {
        case "SA": attention.matrices(width: hiddenSize, heads: layer.heads)
        case "LT": [WeightMatrices(outputs: hiddenSize, inputs: hiddenSize, count: 2)]
        default: [WeightMatrices(outputs: hiddenSize, inputs: hiddenSize)]
        }
      return operation + Self.matrices(layer, hiddenSize, feedForward)
    }
  }

  private static func matrices(
    _ layer: EncoderLayer, _ hidden: Int, _ reading: FeedForwardReading
  ) -> [WeightMatrices] {
    let (width, count) = (layer.feedForwardDimension, layer.feedForwardCount)
    switch reading {
    case .branches:
      let branch = max(1, width / count)
      return [
        WeightMatrices(outputs: branch, inputs: hidden, count: count),
        WeightMatrices(outputs: hidden, inputs: branch, count: count),
      ]
    case .stack:
      let inner = count > 1 ? [WeightMatrices(outputs: width, inputs: width, count: count - 1)] : []
      return [WeightMatrices(outputs: width, inputs: hidden)] + inner
        + [WeightMatrices(outputs: hidden, inputs: width)]
    }
  }

  /// The expected score of LPZero's metric for encoders (Dong et al. 2024): the mean square of head outputs at initialisation,
  /// averaged over layers. Its other term is 0, so the score needs no network. More is better.
  ///
  /// The released networks have hidden size 256 whatever is declared and weights of standard deviation σ = 0.02; embeddings of
  /// width 128 are projected to the hidden size. The heads of the first layer have a mean square of 256·128·σ⁴ ≈ 0.0052; those of
  /// the others, whose input is normalised, 256·σ² = 0.1024.
  ///
  /// - Parameter keepsHooks: True for the released program, which never removes its hooks: its second pass appends the L heads
  ///   again, and of h₁ … h_L, h₁ … h_L the mean is over as many as there are feed-forward layers in all, 2L at most. The score
  ///   then depends on the depth and on that number. False for the mean over the layers, each once, which is the depth alone.
  package func expectedLPZero(keepsHooks: Bool) -> Double {
    let variance = 0.02 * 0.02
    let (first, other) = (256 * 128 * variance * variance, 256 * variance)
    let depth = layers.count
    let heads = keepsHooks ? min(2 * depth, layers.reduce(0) { $0 + $1.feedForwardCount }) : depth
    let firsts = (heads + depth - 1) / depth
    return (Double(firsts) * first + Double(heads - firsts) * other) / Double(heads)
  }
}

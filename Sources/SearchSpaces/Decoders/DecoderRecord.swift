import Outcomes

/// One layer of a decoder.
package struct DecoderLayer: Sendable, Hashable {
  /// Heads of its attention.
  package var heads: Int
  /// Width f of its feed-forward network.
  package var feedForwardDimension: Int

  package init(heads: Int, feedForwardDimension: Int) {
    self.heads = heads
    self.feedForwardDimension = feedForwardDimension
  }
}

/// The layers of a decoder of LiteTransformerSearch (Javaheripi et al. 2022), GPT-2 or Transformer-XL: what scores that need no
/// network read of its `DecoderConfiguration`.
package struct DecoderRecord: Sendable, Hashable {
  /// Model width d.
  package let width: Int
  /// Layers from the embedding upwards.
  package let layers: [DecoderLayer]

  /// The model widths that are allowed.
  package static let widths = 1...65_536
  /// The depths that are allowed.
  package static let layerCounts = 1...1024
  /// The numbers of heads that are allowed.
  package static let headCounts = 1...1024
  /// The feed-forward widths that are allowed.
  package static let feedForwardDimensions = 1...65_536

  /// Creates a record.
  ///
  /// - Throws: `Reason` for sizes out of range.
  package init(width: Int, layers: [DecoderLayer]) throws(Reason) {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws(Reason) {
      guard range.contains(value) else {
        throw Reason("\(name) is \(value), not a whole number \(RecordReader.text(range))")
      }
    }
    try check(width, Self.widths, "the model width")
    try check(layers.count, Self.layerCounts, "the number of layers")
    for (index, layer) in layers.enumerated() {
      try check(layer.heads, Self.headCounts, "the number of heads of layer \(index + 1)")
      try check(
        layer.feedForwardDimension, Self.feedForwardDimensions, "the feed-forward width of layer \(index + 1)")
    }
    self.width = width
    self.layers = layers
  }

  /// The weight matrices that Neural Spectral Capacity counts: queries, keys and values, the attention's output, and the two of
  /// the feed-forward network.
  package func capacityMatrices(attention: AttentionReading = .perHead) -> [WeightMatrices] {
    layers.flatMap { layer in
      attention.matrices(width: width, heads: layer.heads) + [
        WeightMatrices(outputs: layer.feedForwardDimension, inputs: width),
        WeightMatrices(outputs: width, inputs: layer.feedForwardDimension),
      ]
    }
  }

  /// The expected score of LPZero's metric for GPT-2 (Dong et al. 2024), mean(W²) + mean(softmax(G)²) over the four matrices of
  /// each layer at initialisation, which needs no network. Declared to be better when higher, as published.
  ///
  ///     (1/4L) Σ_l [2σ²(1 + 1/(2L)) + 3/d² + 1/f_l²], σ = 0.02
  ///
  /// Weights have variance σ², the two that write to the residual stream σ²/(2L). Gradients G are so small that their softmax over
  /// a matrix's inputs is uniform: its mean square is 1/d² for the three matrices with d inputs, 1/f² for the one with f.
  package var lpZero: Double {
    let (variance, depth) = (0.02 * 0.02, Double(layers.count))
    let width = Double(self.width)
    let sum = layers.reduce(0.0) { sum, layer in
      let inner = Double(layer.feedForwardDimension)
      return sum + 2 * variance * (1 + 1 / (2 * depth)) + 3 / (width * width) + 1 / (inner * inner)
    }
    return sum / (4 * depth)
  }
}

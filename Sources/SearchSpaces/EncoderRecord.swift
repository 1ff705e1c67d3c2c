import Outcomes

/// The operation of an encoder layer.
package enum EncoderOperation: String, Sendable, Hashable, CaseIterable {
  /// Self-attention by scaled dot products.
  case scaledDotProduct = "SDP"
  /// Self-attention with a learned matrix between queries and keys.
  case weightedMultiplicative = "WMA"
  /// Mixing by a Fourier transform.
  case fourier = "DFT"
  /// Mixing by a cosine transform.
  case cosine = "DCT"
  /// Dynamic span-based convolution of width 5.
  case convolution5 = "5"
  /// Dynamic span-based convolution of width 9.
  case convolution9 = "9"

  /// The type that the search space groups it under.
  package var type: String {
    switch self {
    case .scaledDotProduct, .weightedMultiplicative: "SA"
    case .fourier, .cosine: "LT"
    case .convolution5, .convolution9: "DSC"
    }
  }
}

/// One layer of an encoder.
package struct EncoderLayer: Sendable, Hashable {
  /// The operation.
  package var operation: EncoderOperation
  /// Heads of the operation.
  package var heads: Int
  /// Declared width f of the feed-forward stack.
  package var feedForwardDimension: Int
  /// Declared number k of feed-forward layers.
  package var feedForwardCount: Int

  /// Creates a layer.
  package init(operation: EncoderOperation, heads: Int, feedForwardDimension: Int, feedForwardCount: Int) {
    self.operation = operation
    self.heads = heads
    self.feedForwardDimension = feedForwardDimension
    self.feedForwardCount = feedForwardCount
  }
}

/// An architecture of the BERT benchmark of Serianni & Kalita (2023).
package struct EncoderRecord: Sendable, Hashable {
  /// Hidden size h.
  package var hiddenSize: Int
  /// Layers from the embedding upwards.
  package var layers: [EncoderLayer]

  /// Creates a record.
  ///
  /// - Throws: `Reason` for sizes out of range.
  package init(hiddenSize: Int, layers: [EncoderLayer]) throws(Reason) {
    guard (1...65_536).contains(hiddenSize) else {
      throw Reason("hidden size \(hiddenSize) is not in 1 … 65,536")
    }
    guard (1...256).contains(layers.count) else {
      throw Reason("\(layers.count) layers are not in 1 … 256")
    }
    for (index, layer) in layers.enumerated() {
      guard (1...1024).contains(layer.heads) else {
        throw Reason("layer \(index) has \(layer.heads) heads, not 1 … 1,024")
      }
      guard (1...65_536).contains(layer.feedForwardDimension), (1...64).contains(layer.feedForwardCount) else {
        throw Reason("layer \(index) has a feed-forward stack out of range")
      }
      guard layer.operation.type != "DSC" || hiddenSize / layer.heads >= 1 else {
        throw Reason("layer \(index) has more heads than channels")
      }
    }
    self.hiddenSize = hiddenSize
    self.layers = layers
  }
}

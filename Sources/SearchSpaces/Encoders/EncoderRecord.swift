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

/// An architecture of the BERT benchmark of Serianni & Kalita (2023), or one like it with other sizes. Its network as declared,
/// and as trained, can always be built.
package struct EncoderRecord: Sendable, Hashable {
  /// Hidden size h.
  package let hiddenSize: Int
  /// Layers from the embedding upwards.
  package let layers: [EncoderLayer]

  /// Creates a record.
  ///
  /// - Throws: `Reason` for sizes out of range, and for heads that do not divide the hidden size.
  package init(hiddenSize: Int, layers: [EncoderLayer]) throws(Reason) {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws(Reason) {
      guard range.contains(value) else {
        throw Reason("\(name) is \(value), not a whole number \(RecordReader.text(range))")
      }
    }
    try check(hiddenSize, Self.hiddenSizes, "the hidden size")
    try check(layers.count, Self.layerCounts, "the number of layers")
    for (index, layer) in layers.enumerated() {
      let name = "of layer \(index + 1)"
      try check(layer.heads, Self.headCounts, "the number of heads \(name)")
      try check(layer.feedForwardDimension, Self.feedForwardDimensions, "the feed-forward width \(name)")
      try check(layer.feedForwardCount, Self.feedForwardCounts, "the number of feed-forward layers \(name)")
      if let problem = layer.operation.problem(heads: layer.heads, hiddenSize: hiddenSize) {
        throw Reason("layer \(index + 1): \(problem)")
      }
    }
    self.hiddenSize = hiddenSize
    self.layers = layers
  }

  /// The hidden sizes that are allowed.
  package static let hiddenSizes = 1...65_536
  /// The depths that are allowed.
  package static let layerCounts = 1...256
  /// The numbers of heads that are allowed.
  package static let headCounts = 1...1024
  /// The feed-forward widths that are allowed.
  package static let feedForwardDimensions = 1...65_536
  /// The numbers of feed-forward layers that are allowed.
  package static let feedForwardCounts = 1...64
}

extension EncoderOperation {
  /// The reason why heads do not fit a hidden size; nil when they do.
  ///
  /// Every operation splits the hidden size evenly among its heads. Of a span-based convolution half of the heads attend and half
  /// convolve, and together they fill the hidden size: their number is even.
  package func problem(heads: Int, hiddenSize: Int) -> String? {
    if hiddenSize % heads != 0 { return "\(heads) heads do not divide the hidden size \(hiddenSize)" }
    if type == "DSC", heads % 2 != 0 {
      return "a span-based convolution has an even number of heads, not \(heads): half of them attend, half convolve"
    }
    return nil
  }
}

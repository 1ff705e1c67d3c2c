import Outcomes
import Sizes

package typealias EncoderVariant = Sizes.EncoderVariant

extension EncoderRecord {
  /// The network of a variant as a text: two records have the same text exactly when the variant makes the same network of
  /// them, so that their trainings differ by chance alone.
  ///
  /// The hidden size, then each layer: operation, heads, and the widths of its feed-forward stack, such as
  /// `h256 SDP/4/1024-512 SDP/2/1024`. The trained network has scaled-dot-product attention whatever is declared, and of a
  /// stack of one layer the declared width is not used.
  package func network(_ variant: EncoderVariant) -> String {
    let parts = layers.map { layer in
      let widths = feedForwardWidths(layer, variant).map { String($0) }.joined(separator: "-")
      return "\(operation(layer, variant).rawValue)/\(layer.heads)/\(widths)"
    }
    return (["h\(hiddenSize(variant))"] + parts).joined(separator: " ")
  }

  /// The hidden size of a variant.
  package func hiddenSize(_ variant: EncoderVariant) -> Int { variant == .published ? 256 : hiddenSize }

  /// The widths between the ends of a layer's feed-forward stack.
  package func feedForwardWidths(_ layer: EncoderLayer, _ variant: EncoderVariant) -> [Int] {
    let isTrained = variant == .asTrained
    return [isTrained ? 4 * hiddenSize : 1024]
      + Array(repeating: isTrained ? layer.feedForwardDimension : 1024, count: layer.feedForwardCount - 1)
  }

  /// The reason why the network of a variant cannot be built; nil when it can. The published one has a hidden size of its own,
  /// which the heads of a record may not divide.
  package func obstacle(to variant: EncoderVariant) -> Reason? {
    let hidden = hiddenSize(variant)
    for (index, layer) in layers.enumerated() {
      if let problem = operation(layer, variant).problem(heads: layer.heads, hiddenSize: hidden) {
        return Reason("layer \(index + 1) of the \(variant.rawValue) network: \(problem)")
      }
    }
    return nil
  }

  /// The operation of a layer.
  package func operation(_ layer: EncoderLayer, _ variant: EncoderVariant) -> EncoderOperation {
    variant == .asTrained ? .scaledDotProduct : layer.operation
  }
}

/// Sizes of a span-based convolution: half of its heads attend, half convolve.
package struct ConvolutionShape {
  /// Width K of the kernel.
  package let kernel: Int
  /// Heads n = max(1, H div 2).
  package let heads: Int
  /// Their width a = n·(h div H) together.
  package let width: Int

  /// The shape of a layer's convolution at a hidden size.
  package init(_ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int) {
    kernel = operation == .convolution5 ? 5 : 9
    heads = max(1, layer.heads / 2)
    width = heads * (hidden / layer.heads)
  }
}

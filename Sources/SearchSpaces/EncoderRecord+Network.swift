extension EncoderRecord {
  /// The network of a variant as a text: two records have the same text exactly when the variant makes the same network of
  /// them, so that their trainings differ by chance alone.
  ///
  /// The hidden size, then each layer: operation, heads, and the widths of its feed-forward stack, such as
  /// `h256 SDP/4/1024-512 SDP/2/1024`. The trained network has scaled-dot-product attention whatever is declared, and of a
  /// stack of one layer the declared width is not used.
  package func network(_ variant: EncoderVariant) -> String {
    let hidden = variant == .published ? 256 : hiddenSize
    let parts = layers.map { layer in
      let further = layer.feedForwardCount - 1
      let widths =
        variant == .asTrained
        ? [4 * hidden] + Array(repeating: layer.feedForwardDimension, count: further)
        : Array(repeating: 1024, count: further + 1)
      let operation = variant == .asTrained ? EncoderOperation.scaledDotProduct : layer.operation
      return "\(operation.rawValue)/\(layer.heads)/\(widths.map { String($0) }.joined(separator: "-"))"
    }
    return (["h\(hidden)"] + parts).joined(separator: " ")
  }
}

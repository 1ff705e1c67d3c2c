extension DecoderConfiguration {
  /// Named properties. Real numbers; whole ones are exact.
  ///
  /// - `n-layer`, `d-model`, `d-embed`, `div-val`, `n-cluster`: as configured; `n-cluster` counts clusters of tokens.
  /// - `mean-…`, `min-…`, `max-…` of `d-inner` and `n-head` over the layers.
  /// - `distinct-layers`: how many layers differ.
  package var features: [(name: String, value: Double)] {
    var features: [(name: String, value: Double)] = [
      ("n-layer", Double(layers.count)), ("d-model", Double(width)), ("d-embed", Double(embedding.width)),
      ("div-val", Double(embedding.divisor)), ("n-cluster", Double(embedding.clusterEnds.count)),
    ]
    for (name, value) in [("d-inner", \DecoderLayer.feedForwardDimension), ("n-head", \.heads)] {
      let values = layers.map { Double($0[keyPath: value]) }
      features += [
        ("mean-\(name)", values.reduce(0, +) / Double(layers.count)), ("min-\(name)", values.min() ?? 0),
        ("max-\(name)", values.max() ?? 0),
      ]
    }
    return features + [("distinct-layers", Double(Set(layers).count))]
  }
}

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

  /// The names of the features, in order.
  package static let featureNames: [String] = {
    let record = try? DecoderRecord(width: 2, layers: [DecoderLayer(heads: 1, feedForwardDimension: 1)])
    let embedding = try? AdaptiveEmbedding(vocabularySize: 2, width: 1)
    guard let record, let embedding else { return [] }
    return (try? DecoderConfiguration(kind: .gpt2, record: record, embedding: embedding))?.features.map(\.name) ?? []
  }()
}

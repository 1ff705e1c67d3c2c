extension EncoderRecord {
  /// Named properties: sizes, counts and shares of operations, means over layers. Real numbers; whole ones are exact.
  public var features: [(name: String, value: Double)] {
    let depth = Double(layers.count)
    func mean(_ value: (EncoderLayer) -> Int) -> Double { Double(layers.reduce(0) { $0 + value($1) }) / depth }
    func count(_ test: (EncoderLayer) -> Bool) -> Double { Double(layers.count(where: test)) }
    var features: [(name: String, value: Double)] = [("depth", depth), ("hidden-size", Double(hiddenSize))]
    for type in ["SA", "LT", "DSC"] {
      features.append(("\(type.lowercased())-count", count { $0.operation.type == type }))
    }
    for (name, operation) in [
      ("sdp", EncoderOperation.scaledDotProduct), ("wma", .weightedMultiplicative), ("dft", .fourier), ("dct", .cosine),
      ("dsc5", .convolution5), ("dsc9", .convolution9),
    ] {
      features.append(("\(name)-count", count { $0.operation == operation }))
    }
    features.append(("mean-heads", mean(\.heads)))
    features.append(("mean-feed-forward-dimension", mean(\.feedForwardDimension)))
    features.append(("feed-forward-layers", Double(layers.reduce(0) { $0 + $1.feedForwardCount })))
    return features
  }
}

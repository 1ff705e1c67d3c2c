extension EncoderRecord {
  /// Named properties: sizes, counts and shares of operations, heads and feed-forward stacks over layers. Real numbers;
  /// whole ones are exact.
  ///
  /// - `sa-count`, `sdp-count`, … and `sa-fraction`, `sdp-fraction`, …: layers of a type of operation or of an operation, and
  ///   their share of the depth. `operation-types` and `distinct-layers`: how many types, and how many layers that differ.
  /// - `feed-forward-layers`: all of them together.
  package var features: [(name: String, value: Double)] {
    let depth = Double(layers.count)
    var features: [(name: String, value: Double)] = [("depth", depth), ("hidden-size", Double(hiddenSize))]
    for (name, test) in Self.operationTests {
      let count = Double(layers.count { test($0.operation) })
      features += [("\(name)-count", count), ("\(name)-fraction", count / depth)]
    }
    features += [
      ("operation-types", Double(Set(layers.map(\.operation.type)).count)),
      ("distinct-layers", Double(Set(layers).count)),
    ]
    for (name, value) in [
      ("heads", \EncoderLayer.heads), ("feed-forward-dimension", \.feedForwardDimension),
      ("feed-forward-layers", \.feedForwardCount),
    ] {
      let values = layers.map { Double($0[keyPath: value]) }
      features += [
        ("mean-\(name)", values.reduce(0, +) / depth), ("min-\(name)", values.min() ?? 0),
        ("max-\(name)", values.max() ?? 0),
      ]
    }
    features.append(("feed-forward-layers", Double(layers.reduce(0) { $0 + $1.feedForwardCount })))
    return features
  }

  /// The names of the features, in order.
  package static let featureNames: [String] = {
    let layer = EncoderLayer(operation: .scaledDotProduct, heads: 1, feedForwardDimension: 1, feedForwardCount: 1)
    return (try? EncoderRecord(hiddenSize: 1, layers: [layer]))?.features.map(\.name) ?? []
  }()

  private static let operationTests: [(name: String, test: @Sendable (EncoderOperation) -> Bool)] =
    ["SA", "LT", "DSC"].map { type in (type.lowercased(), { $0.type == type }) }
    + [
      ("sdp", EncoderOperation.scaledDotProduct), ("wma", .weightedMultiplicative), ("dft", .fourier), ("dct", .cosine),
      ("dsc5", .convolution5), ("dsc9", .convolution9),
    ].map { name, operation in (name, { $0 == operation }) }
}

extension EncoderLayer {
  /// Named properties of the layer: `operation` (SA, LT, DSC), `operation-parameter` (SDP, WMA, DFT, DCT, 5, 9), `heads`,
  /// `feed-forward-dimension`, `feed-forward-layers`.
  package var features: [(name: String, value: LayerFeature)] {
    [
      ("operation", .word(operation.type)), ("operation-parameter", .word(operation.rawValue)),
      ("heads", .count(heads)), ("feed-forward-dimension", .count(feedForwardDimension)),
      ("feed-forward-layers", .count(feedForwardCount)),
    ]
  }
}

/// A property of a layer.
package enum LayerFeature: Sendable, Hashable {
  /// A word of the search space.
  case word(String)
  /// A whole number.
  case count(Int)
}

import Diagnostics
import Outcomes
import SearchSpaces
import Sizes

/// The encoders of records, one of the networks of each.
package struct EncoderArchitectures: ArchitectureSpace {
  /// Which network of a record.
  package let variant: EncoderVariant
  /// How weights are drawn.
  package let weights: WeightSource
  /// Of the networks; nil when nothing is dropped.
  package let dropout: Dropout?
  package let layerCount: Int

  /// The space of a variant.
  ///
  /// - Parameter layerCount: The most layers of a record.
  package init(_ variant: EncoderVariant, weights: WeightSource, dropout: Dropout? = nil, layerCount: Int) {
    self.variant = variant
    self.weights = weights
    self.dropout = dropout
    self.layerCount = layerCount
  }

  package var featureNames: [String] { EncoderRecord.featureNames }

  package func architecture(_ text: String, source: String) throws(DiagnosticsError) -> any Architecture {
    let record = try EncoderRecordParser.parse(text, file: source)
    if let obstacle = record.obstacle(to: variant) {
      throw DiagnosticsError([
        Diagnostic(
          id: "no-network", message: "\(source): \(obstacle.text)", fix: "choose heads that divide the hidden size")
      ])
    }
    try ArchitectureDepth.check(record.layers.count, layerCount, source)
    return EncoderArchitecture(record, variant, source: weights, dropout: dropout)
  }

  package func sample(count: Int, seed: Int) throws(Reason) -> [any Architecture] {
    var architectures: [any Architecture] = []
    for record in try PublishedSpace.encoders.sample(count: count, seed: seed, variant) {
      if case .encoder(let record) = record {
        architectures.append(EncoderArchitecture(record, variant, source: weights, dropout: dropout))
      }
    }
    return architectures
  }
}

/// The decoders of configurations of one kind.
package struct DecoderArchitectures: ArchitectureSpace {
  /// GPT-2 or Transformer-XL.
  package let kind: DecoderKind
  /// How weights are drawn.
  package let weights: WeightSource
  /// Of the networks; nil when nothing is dropped.
  package let dropout: Dropout?
  package let layerCount: Int

  /// The space of a kind.
  ///
  /// - Parameter layerCount: The most layers of a configuration.
  package init(_ kind: DecoderKind, weights: WeightSource, dropout: Dropout? = nil, layerCount: Int) {
    self.kind = kind
    self.weights = weights
    self.dropout = dropout
    self.layerCount = layerCount
  }

  package var featureNames: [String] { DecoderConfiguration.featureNames }

  package func architecture(_ text: String, source: String) throws(DiagnosticsError) -> any Architecture {
    let configuration = try DecoderConfigurationParser.parse(text, file: source, kind: kind)
    try ArchitectureDepth.check(configuration.layers.count, layerCount, source)
    return DecoderArchitecture(configuration, source: weights, dropout: dropout)
  }

  package func sample(count: Int, seed: Int) throws(Reason) -> [any Architecture] {
    var architectures: [any Architecture] = []
    for record in try (kind == .gpt2 ? PublishedSpace.gpt2 : .transformerXL).sample(count: count, seed: seed) {
      if case .decoder(let configuration) = record {
        architectures.append(DecoderArchitecture(configuration, source: weights, dropout: dropout))
      }
    }
    return architectures
  }
}

/// The bound on layers that columns are made for.
enum ArchitectureDepth {
  static func check(_ count: Int, _ most: Int, _ source: String) throws(DiagnosticsError) {
    guard count > most else { return }
    throw DiagnosticsError([
      Diagnostic(
        id: "too-deep", message: "\(source): \(count) layers are more than the \(most) that are measured",
        reason: "layered metrics have a column for each layer", fix: "raise `layers`")
    ])
  }
}

extension PublishedSpace {
  /// Different architectures, drawn choice by choice as published samples are, all depths alike.
  fileprivate func sample(
    count: Int, seed: Int, _ variant: EncoderVariant = .declared
  ) throws(Reason) -> [ArchitectureRecord] {
    try space(variant).sample(count: count, seed: UInt64(max(0, seed)), .byChoice)
  }
}

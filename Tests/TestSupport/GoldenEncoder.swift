import Datasets
import Documents
import Networks
import SearchSpaces

/// An encoder recorded in PyTorch: what it is, and what came out.
package struct GoldenEncoder: Sendable, CustomStringConvertible {
  /// The name in the file.
  package let name: String
  /// The record.
  package let record: EncoderRecord
  /// Which of its networks.
  package let variant: EncoderVariant
  /// Everything recorded.
  package let node: DocumentNode

  package var description: String { name }

  /// Every model of the two files; none where they are not at hand.
  package static let all: [GoldenEncoder] = {
    guard let folder = goldenFolder else { return [] }
    return ["encoders_two_layers.json", "encoders_four_layers.json"].flatMap { file -> [GoldenEncoder] in
      guard let models = (try? golden(file, in: folder))?["models"]?.entries else { return [] }
      return models.compactMap { GoldenEncoder($0.key, $0.value) }
    }
  }()

  private init?(_ name: String, _ node: DocumentNode) {
    guard let hidden = node["hidden_size"]?.integer, let layers = node["encoder_layers"]?.elements else { return nil }
    self.name = name
    self.node = node
    variant = node["variant"]?.text == "as-trained" ? .asTrained : .declared
    let parsed = layers.compactMap { layer -> EncoderLayer? in
      let word = layer["operation_parameter"]
      guard let operation = EncoderOperation(rawValue: word?.text ?? word?.integer.map(String.init) ?? ""),
        let heads = layer["num_operation_heads"]?.integer, let width = layer["feed_forward_dimension"]?.integer,
        let count = layer["num_feed_forward"]?.integer
      else { return nil }
      return EncoderLayer(
        operation: operation, heads: heads, feedForwardDimension: width, feedForwardCount: count)
    }
    guard parsed.count == layers.count, let record = try? EncoderRecord(hiddenSize: hidden, layers: parsed) else {
      return nil
    }
    self.record = record
  }

  /// The recorded tokens: 4 sequences of 64.
  package static func tokens() throws -> TokenBatch {
    try documented(sequenceLength: 64, batchSize: 4, vocabularySize: EncoderSettings().vocabularySize)
  }

  /// Tokens of the documented generator, sequence after sequence.
  package static func documented(
    sequenceLength: Int, batchSize: Int, vocabularySize: Int, batch index: Int = 0
  ) throws -> TokenBatch {
    let window = DocumentedTokens.window(
      index, seed: 12345, sequenceLength: sequenceLength, batchSize: batchSize, vocabularySize: vocabularySize)
    return try TokenBatch(sequenceLength: sequenceLength, batchSize: batchSize, ids: window.ids)
  }
}

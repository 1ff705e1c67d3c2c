import Outcomes

/// The kinds of decoders.
package enum DecoderKind: String, Sendable, Hashable, CaseIterable {
  /// GPT-2: layers that normalise before they compute, learned positions.
  case gpt2 = "gpt-2"
  /// Transformer-XL: layers that normalise after they compute, relative positions, a memory of earlier tokens.
  case transformerXL = "transformer-xl"
}

/// A decoder-only language model as LiteTransformerSearch (Javaheripi et al. 2022) configures it: the layers (`record`), the
/// embedding, and what the kind of decoder adds. Its network can always be built.
package struct DecoderConfiguration: Sendable, Hashable {
  /// GPT-2 or Transformer-XL.
  package let kind: DecoderKind
  /// Model width d and the layers; `d_model`, `n_layer`, `n_head`, `d_inner`.
  package let record: DecoderRecord
  /// Embedding and softmax; `n_token`, `d_embed`, `div_val`, `cutoffs`, `tie_projs`, `tie_weight`.
  package let embedding: AdaptiveEmbedding
  /// Rows of GPT-2's table of positions, `tgt_len`; 0 for Transformer-XL, which has none.
  package let positionCount: Int
  /// Tokens that Transformer-XL remembers of earlier segments, `mem_len`; 0 for GPT-2.
  package let memoryLength: Int

  /// The numbers of positions that are allowed.
  package static let positionCounts = 1...65_536
  /// The lengths of the memory that are allowed.
  package static let memoryLengths = 0...65_536

  /// Creates a configuration.
  ///
  /// - Parameters:
  ///   - positionCount: Of GPT-2; a Transformer-XL passes it over.
  ///   - memoryLength: Of Transformer-XL; a GPT-2 passes it over.
  /// - Throws: `Reason` for lengths out of range, and for heads that do not divide the model width.
  package init(
    kind: DecoderKind, record: DecoderRecord, embedding: AdaptiveEmbedding, positionCount: Int = 192,
    memoryLength: Int = 0
  ) throws(Reason) {
    for (index, layer) in record.layers.enumerated() {
      if let problem = record.problem(heads: layer.heads) { throw Reason("layer \(index + 1): \(problem)") }
    }
    if kind == .gpt2, !Self.positionCounts.contains(positionCount) {
      throw Reason("\(positionCount) positions are not \(RecordReader.text(Self.positionCounts))")
    }
    if kind == .transformerXL, !Self.memoryLengths.contains(memoryLength) {
      throw Reason("a memory of \(memoryLength) tokens is not \(RecordReader.text(Self.memoryLengths))")
    }
    if kind == .transformerXL, record.width % 2 != 0 {
      throw Reason("the model width \(record.width) is odd; positions are sines and cosines in equal number")
    }
    self.kind = kind
    self.record = record
    self.embedding = embedding
    self.positionCount = kind == .gpt2 ? positionCount : 0
    self.memoryLength = kind == .transformerXL ? memoryLength : 0
  }

  /// Model width d.
  package var width: Int { record.width }
  /// Layers from the embedding upwards.
  package var layers: [DecoderLayer] { record.layers }
}

extension DecoderRecord {
  /// The reason why heads do not fit the model's width; nil when they do.
  package func problem(heads: Int) -> String? {
    width % heads == 0 ? nil : "\(heads) heads do not divide the model width \(width)"
  }
}

import Documents
import Networks
import SearchSpaces

/// A decoder recorded in PyTorch: what it is, and what came out.
package struct GoldenDecoder: Sendable, CustomStringConvertible {
  /// The name in the file.
  package let name: String
  /// The configuration.
  package let configuration: DecoderConfiguration
  /// Everything recorded.
  package let node: DocumentNode

  package var description: String { name }

  /// Every model of a kind; none where they are not at hand.
  package static func all(_ kind: DecoderKind) -> [GoldenDecoder] {
    guard let folder = goldenFolder,
      let file = try? golden(kind == .gpt2 ? "gpt2.json" : "transformer_xl.json", in: folder)
    else { return [] }
    return (file["models"]?.entries ?? []).compactMap { GoldenDecoder($0.key, $0.value, kind) }
  }

  private init?(_ name: String, _ node: DocumentNode, _ kind: DecoderKind) {
    guard let sizes = node["config"], let width = sizes["d_model"]?.integer,
      let vocabulary = sizes["n_token"]?.integer, let embeddingWidth = sizes["d_embed"]?.integer,
      let heads = sizes["n_head"]?.elements?.compactMap(\.integer),
      let inner = sizes["d_inner"]?.elements?.compactMap(\.integer)
    else { return nil }
    self.name = name
    self.node = node
    do {
      configuration = try DecoderConfiguration(
        kind: kind,
        record: DecoderRecord(
          width: width, layers: zip(heads, inner).map { DecoderLayer(heads: $0, feedForwardDimension: $1) }),
        embedding: AdaptiveEmbedding(
          vocabularySize: vocabulary, width: embeddingWidth, divisor: sizes["div_val"]?.integer ?? 1,
          cutoffs: sizes["cutoffs"]?.elements?.compactMap(\.integer) ?? [],
          tiesProjections: sizes["tie_projs"]?.elements?.compactMap(\.boolean) ?? []),
        positionCount: sizes["tgt_len"]?.integer ?? 192)
    } catch {
      return nil
    }
  }

  /// The recorded tokens: 2 sequences of 64; those of a later segment go on with the stream.
  package func tokens(segment: Int = 0) throws -> TokenBatch {
    try GoldenEncoder.documented(
      sequenceLength: 64, batchSize: 2, vocabularySize: configuration.embedding.vocabularySize, batch: segment)
  }
}

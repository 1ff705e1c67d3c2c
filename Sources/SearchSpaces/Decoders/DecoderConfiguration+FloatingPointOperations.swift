import Outcomes

/// Floating-point operations of a forward pass of a decoder, two for each multiply-add.
package struct DecoderFloatingPointOperations: Sendable, Hashable {
  /// Attention of all layers.
  package let attention: Int
  /// Feed-forward networks of all layers.
  package let feedForward: Int
  /// The softmax over all tokens of the vocabulary.
  package let decoder: Int

  /// All of them.
  package var total: Int { attention + feedForward + decoder }
}

extension DecoderConfiguration {
  /// Floating-point operations of a forward pass over B sequences of S tokens without memory, N = B·S in all.
  ///
  /// Counted are the products of matrices; that a token does not attend to later ones is not made use of. Not counted are biases,
  /// activations, softmax, normalisations, residuals, and look-ups with the projections after them.
  ///
  /// | part | operations |
  /// |---|---|
  /// | attention of GPT-2 | L·(8·N·d² + 4·B·S²·d) |
  /// | attention of Transformer-XL | L·(8·N·d² + 6·B·S²·d + 2·S·d²): scores of positions, and the projection of S positions once |
  /// | feed-forward | Σ 4·N·d·f |
  /// | decoder | Σᵢ 2·N·(d·wᵢ + wᵢ·rowsᵢ) over the clusters, those of cluster 0 with a row for each other one; without d·wᵢ where nothing is projected |
  ///
  /// - Throws: `Reason` when the length is not in 1 … 65,536 or beyond the positions of a GPT-2, there is no sequence, or the number
  ///   does not fit 64 bits.
  package func floatingPointOperations(
    sequenceLength: Int, batchSize: Int
  ) throws(Reason) -> DecoderFloatingPointOperations {
    let most = kind == .gpt2 ? positionCount : Self.positionCounts.upperBound
    guard (1...most).contains(sequenceLength) else {
      throw Reason("a sequence of \(sequenceLength) tokens is not in 1 … \(RecordReader.grouped(most))")
    }
    guard batchSize >= 1 else { throw Reason("a batch of \(batchSize) sequences is not possible") }
    let (depth, length) = (layers.count, sequenceLength)
    var attention = ExactCount()
    attention.add(depth, 8, batchSize, length, width, width)
    attention.add(depth, kind == .gpt2 ? 4 : 6, batchSize, length, length, width)
    if kind == .transformerXL { attention.add(depth, 2, length, width, width) }
    var feedForward = ExactCount()
    for layer in layers { feedForward.add(4, batchSize, length, width, layer.feedForwardDimension) }
    var decoder = ExactCount()
    for (rows, clusterWidth) in zip(embedding.clusterSizes, embedding.clusterWidths) {
      if embedding.projects(to: width) { decoder.add(2, batchSize, length, width, clusterWidth) }
      decoder.add(2, batchSize, length, clusterWidth, rows)
    }
    decoder.add(2, batchSize, length, embedding.width, embedding.clusterEnds.count - 1)
    let counts = DecoderFloatingPointOperations(
      attention: try attention.checked("operations"), feedForward: try feedForward.checked("operations"),
      decoder: try decoder.checked("operations"))
    var sum = ExactCount()
    for part in [counts.attention, counts.feedForward, counts.decoder] { sum.add(part) }
    _ = try sum.checked("operations")
    return counts
  }
}

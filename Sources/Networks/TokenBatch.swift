import Outcomes
import Sizes

/// Tokens that a network reads at once: B sequences of T tokens, each a stretch of text.
package struct TokenBatch: Sendable, Hashable {
  /// T.
  package let sequenceLength: Int
  /// B.
  package let batchSize: Int
  /// Ids [T, B] in row-major order: those of one step of all sequences stand together.
  package let ids: [Int32]

  /// Checks and joins the ids.
  ///
  /// - Throws: `Reason` unless 1 ≤ T, B ≤ 4096, T·B ≤ 2²⁰, and there are T·B ids that are not negative.
  package init(sequenceLength: Int, batchSize: Int, ids: [Int32]) throws(Reason) {
    try Self.check(sequenceLength, batchSize)
    guard ids.count == sequenceLength * batchSize else {
      throw Reason("a batch of \(sequenceLength) steps and \(batchSize) columns has \(ids.count) tokens")
    }
    guard ids.allSatisfy({ $0 >= 0 }) else { throw Reason("a token's id is negative") }
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
    self.ids = ids
  }

  private static func check(_ sequenceLength: Int, _ batchSize: Int) throws(Reason) {
    let (lengths, widths) = (MeasurementSizes.steps.range, MeasurementSizes.columns.range)
    guard lengths.contains(sequenceLength), widths.contains(batchSize),
      sequenceLength * batchSize <= MeasurementSizes.batchTokens
    else {
      throw Reason(
        "a batch of \(sequenceLength) steps and \(batchSize) columns is not in 1 … \(lengths.upperBound) steps, "
          + "1 … \(widths.upperBound) columns, \(MeasurementSizes.batchTokens) tokens in all")
    }
  }

  /// Tokens that need no text: id(t, b) = (7919·t + 104729·b + t·b) mod V.
  ///
  /// - Throws: `Reason` for sizes out of range.
  package static func textFree(sequenceLength: Int, batchSize: Int, vocabularySize: Int) throws(Reason) -> TokenBatch {
    try check(sequenceLength, batchSize)
    guard (1...1_000_000).contains(vocabularySize) else {
      throw Reason("the vocabulary has \(vocabularySize) tokens, not 1 … 1,000,000")
    }
    var ids: [Int32] = []
    ids.reserveCapacity(sequenceLength * batchSize)
    for step in 0..<sequenceLength {
      for sequence in 0..<batchSize {
        ids.append(Int32((7919 * step + 104_729 * sequence + step * sequence) % vocabularySize))
      }
    }
    return try TokenBatch(sequenceLength: sequenceLength, batchSize: batchSize, ids: ids)
  }
}

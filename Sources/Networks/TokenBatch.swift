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
  /// The number of each sequence in the batch that was read [B]: what is random by sequence goes by it, wherever the sequence
  /// stands.
  package let numbers: [Int]

  /// Checks and joins the ids.
  ///
  /// - Throws: `Reason` unless 1 ≤ T, B ≤ 4096, T·B ≤ 2²⁰, and there are T·B ids that are not negative.
  package init(sequenceLength: Int, batchSize: Int, ids: [Int32]) throws(Reason) {
    let (lengths, widths) = (MeasurementSizes.sequenceLength.range, MeasurementSizes.batchSize.range)
    guard lengths.contains(sequenceLength), widths.contains(batchSize),
      sequenceLength * batchSize <= MeasurementSizes.batchTokens
    else {
      throw Reason(
        "a batch of \(sequenceLength) steps and \(batchSize) columns is not in 1 … \(lengths.upperBound) steps, "
          + "1 … \(widths.upperBound) columns, \(MeasurementSizes.batchTokens) tokens in all")
    }
    guard ids.count == sequenceLength * batchSize else {
      throw Reason("a batch of \(sequenceLength) steps and \(batchSize) columns has \(ids.count) tokens")
    }
    guard ids.allSatisfy({ $0 >= 0 }) else { throw Reason("a token's id is negative") }
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
    self.ids = ids
    numbers = Array(0..<batchSize)
  }

  private init(sequences: [Int], of batch: TokenBatch) {
    sequenceLength = batch.sequenceLength
    batchSize = sequences.count
    ids = (0..<sequenceLength).flatMap { step in sequences.map { batch.ids[step * batch.batchSize + $0] } }
    numbers = sequences.map { batch.numbers[$0] }
  }

  /// The same sequences, the last first.
  package func reversed() -> TokenBatch { TokenBatch(sequences: (0..<batchSize).reversed(), of: self) }

  /// Batches of so many sequences each, one after another; sequences that are too few for one more are left out.
  ///
  /// - Precondition: The size is positive.
  package func parts(of size: Int) -> [TokenBatch] {
    (0..<batchSize / size).map { TokenBatch(sequences: Array($0 * size..<($0 + 1) * size), of: self) }
  }
}

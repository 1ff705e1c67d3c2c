import Tensors

/// The order of the rows of a trace's matrices, of which there is one for each token.
package struct RowLayout: Sendable, Hashable {
  /// The two orders.
  package enum Order: Sendable, Hashable {
    /// Row t·B + b is step t of sequence b: what recurrent cells read together stands together.
    case steps
    /// Row b·T + t is step t of sequence b: so it is for attention.
    case sequences
  }

  /// The order.
  package let order: Order
  /// T.
  package let sequenceLength: Int
  /// B.
  package let batchSize: Int

  /// Joins order and sizes.
  package init(_ order: Order, sequenceLength: Int, batchSize: Int) {
    self.order = order
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
  }

  /// T·B.
  package var rowCount: Int { sequenceLength * batchSize }

  /// The row of a step of a sequence.
  package func row(step: Int, sequence: Int) -> Int {
    order == .steps ? step * batchSize + sequence : sequence * sequenceLength + step
  }

  /// The rows of a sequence, by step.
  package func rows(ofSequence sequence: Int) -> RowSequence {
    RowSequence(
      first: row(step: 0, sequence: sequence), count: sequenceLength, step: order == .steps ? max(1, batchSize) : 1)
  }

  /// The rows of a step, by sequence.
  package func rows(ofStep step: Int) -> RowSequence {
    RowSequence(
      first: row(step: step, sequence: 0), count: batchSize, step: order == .steps ? 1 : max(1, sequenceLength))
  }

  /// The ids of a batch in the order of the rows.
  package func ids(_ tokens: TokenBatch) -> [Int32] {
    guard order == .sequences else { return tokens.ids }
    return (0..<batchSize).flatMap { sequence in
      (0..<sequenceLength).map { tokens.ids[$0 * batchSize + sequence] }
    }
  }
}

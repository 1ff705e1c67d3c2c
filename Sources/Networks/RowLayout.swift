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
  /// The number of each sequence in the batch that was read [B]; see `TokenBatch`.
  package let numbers: [Int]

  /// Joins order and sizes.
  package init(_ order: Order, sequenceLength: Int, batchSize: Int) {
    self.order = order
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
    numbers = Array(0..<batchSize)
  }

  /// The rows of a batch.
  package init(_ order: Order, _ tokens: TokenBatch) {
    self.order = order
    sequenceLength = tokens.sequenceLength
    batchSize = tokens.batchSize
    numbers = tokens.numbers
  }

  /// The places of the sequences, the lowest number first.
  package var placesByNumber: [Int] { numbers.indices.sorted { numbers[$0] < numbers[$1] } }

  /// The rows of a matrix as they stand where the sequences are in the order of their numbers: what is random is drawn so.
  /// A matrix has a row for each token, or for each sequence; of others the rows are as they are.
  package func rowsByNumber(of count: Int) -> [Int] {
    let places = placesByNumber
    if count == batchSize { return places }
    guard count == rowCount else { return Array(0..<count) }
    switch order {
    case .steps: return (0..<sequenceLength).flatMap { step in places.map { row(step: step, sequence: $0) } }
    case .sequences: return places.flatMap { place in (0..<sequenceLength).map { row(step: $0, sequence: place) } }
    }
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

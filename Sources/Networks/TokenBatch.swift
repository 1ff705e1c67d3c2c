import Outcomes
import Sizes

/// Tokens that a network reads at once: T steps of B columns, each column a stretch of text.
package struct TokenBatch: Sendable, Hashable {
  /// T.
  package let steps: Int
  /// B.
  package let columns: Int
  /// Ids [T, B] in row-major order.
  package let ids: [Int32]

  /// Checks and joins the ids.
  ///
  /// - Throws: `Reason` unless 1 ≤ T, B ≤ 4096, T·B ≤ 2²⁰, and there are T·B ids that are not negative.
  package init(steps: Int, columns: Int, ids: [Int32]) throws(Reason) {
    try Self.check(steps, columns)
    guard ids.count == steps * columns else {
      throw Reason("a batch of \(steps) steps and \(columns) columns has \(ids.count) tokens")
    }
    guard ids.allSatisfy({ $0 >= 0 }) else { throw Reason("a token's id is negative") }
    self.steps = steps
    self.columns = columns
    self.ids = ids
  }

  private static func check(_ steps: Int, _ columns: Int) throws(Reason) {
    let (lengths, widths) = (MeasurementSizes.steps.range, MeasurementSizes.columns.range)
    guard lengths.contains(steps), widths.contains(columns), steps * columns <= MeasurementSizes.batchTokens else {
      throw Reason(
        "a batch of \(steps) steps and \(columns) columns is not in 1 … \(lengths.upperBound) steps, "
          + "1 … \(widths.upperBound) columns, \(MeasurementSizes.batchTokens) tokens in all")
    }
  }

  /// Tokens that need no text: id(t, b) = (7919·t + 104729·b + t·b) mod V.
  ///
  /// - Throws: `Reason` for sizes out of range.
  package static func textFree(steps: Int, columns: Int, vocabularySize: Int) throws(Reason) -> TokenBatch {
    try check(steps, columns)
    guard (1...1_000_000).contains(vocabularySize) else {
      throw Reason("the vocabulary has \(vocabularySize) tokens, not 1 … 1,000,000")
    }
    var ids: [Int32] = []
    ids.reserveCapacity(steps * columns)
    for step in 0..<steps {
      for column in 0..<columns {
        ids.append(Int32((7919 * step + 104_729 * column + step * column) % vocabularySize))
      }
    }
    return try TokenBatch(steps: steps, columns: columns, ids: ids)
  }
}

/// A linear congruential generator of 32 bits for tokens: s ← 1664525·s + 1013904223 mod 2³², advanced before use; a token is
/// (s div 2⁸) mod V.
package struct DocumentedTokens: Sendable {
  private var state: UInt32

  /// Starts at s₀.
  package init(seed: UInt32) { state = seed }

  /// The next token below V.
  package mutating func next(below vocabularySize: Int) -> Int32 {
    state = state &* 1_664_525 &+ 1_013_904_223
    return Int32(Int(state >> 8) % vocabularySize)
  }

  /// Batch `index` of B sequences of T tokens: one sequence after another, the batches one after another.
  package static func window(
    _ index: Int, seed: UInt32, sequenceLength: Int, batchSize: Int, vocabularySize: Int
  ) -> TokenWindow {
    var tokens = DocumentedTokens(seed: seed)
    let count = sequenceLength * batchSize
    for _ in 0..<index * count { _ = tokens.next(below: vocabularySize) }
    let ids = (0..<count).map { _ in tokens.next(below: vocabularySize) }
    return TokenWindow(sequenceLength: sequenceLength, batchSize: batchSize, firstRow: 0) { row, column in
      ids[column * sequenceLength + row]
    }
  }
}

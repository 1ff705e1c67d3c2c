import Diagnostics

/// Tokens that batches are taken from.
package enum TokenText: Sendable, Hashable {
  /// The text-free sequence, which has no end.
  case textFree(TextFreeSequence)
  /// A part of a text set.
  case corpus(Corpus, CorpusPart)

  /// The most text-free batches, so that row numbers stay small.
  package static let textFreeBatches = 1_000_000
  /// The most tokens of a text-free batch.
  package static let textFreeTokens = 1 << 27

  /// A batch, disjoint from the others: rows `steps · index ..< steps · (index + 1)`.
  ///
  /// - Throws: `DiagnosticsError` when there is no such batch, or a size is out of range.
  package func batch(_ index: Int, steps: Int, columns: Int) throws(DiagnosticsError) -> TokenWindow {
    switch self {
    case .corpus(let corpus, let part):
      return try corpus.batch(part, index: index, steps: steps, columns: columns)
    case .textFree(let sequence):
      let range = 1...Self.textFreeBatches
      guard (0..<Self.textFreeBatches).contains(index), range.contains(steps), range.contains(columns),
        steps * columns <= Self.textFreeTokens
      else {
        throw DiagnosticsError([
          Diagnostic(
            id: "no-such-batch",
            message: "there is no text-free batch \(index) of \(steps) steps and \(columns) columns",
            reason: "steps, columns and the number of batches are from 1 to \(Self.textFreeBatches), "
              + "and a batch has at most \(Self.textFreeTokens) tokens",
            fix: "take smaller numbers")
        ])
      }
      return sequence.window(firstRow: index * steps, steps: steps, columns: columns)
    }
  }
}

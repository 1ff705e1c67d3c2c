import Diagnostics
import Sizes

/// Tokens that batches are taken from.
package enum TokenText: Sendable, Hashable {
  /// The text-free sequence, which has no end.
  case textFree(TextFreeSequence)
  /// The tokens of `DocumentedTokens`, whose vocabulary is that of the architecture that reads them.
  case documented(seed: UInt32)
  /// A part of a text set.
  case corpus(Corpus, CorpusPart)

  /// The most text-free batches, so that row numbers stay small.
  package static let textFreeBatches = 1_000_000
  /// The most tokens of a text-free batch.
  package static let textFreeTokens = 1 << 27

  /// Batch `index` of B = `batchSize` sequences of T = `sequenceLength` tokens, disjoint from the others: rows
  /// `T · index ..< T · (index + 1)`.
  ///
  /// - Parameter vocabularySize: V of the architecture that reads it: tokens that need no text are less.
  /// - Throws: `DiagnosticsError` when there is no such batch, or a size is out of range.
  package func batch(
    _ index: Int, sequenceLength: Int, batchSize: Int, vocabularySize: Int
  ) throws(DiagnosticsError) -> TokenWindow {
    switch self {
    case .documented(let seed):
      let range = 1...4096
      guard (0..<1000).contains(index), range.contains(sequenceLength), range.contains(batchSize),
        (index + 1) * sequenceLength * batchSize <= Self.textFreeTokens
      else {
        throw DiagnosticsError([
          Diagnostic(
            id: "no-such-batch",
            message: "there is no documented batch \(index) of \(sequenceLength) steps and \(batchSize) columns",
            reason: "steps and columns are from 1 to 4096, batches 1000, and tokens \(Self.textFreeTokens) in all",
            fix: "take smaller numbers")
        ])
      }
      return DocumentedTokens.window(
        index, seed: seed, sequenceLength: sequenceLength, batchSize: batchSize, vocabularySize: max(1, vocabularySize))
    case .corpus(let corpus, let part):
      return try corpus.batch(part, index: index, sequenceLength: sequenceLength, batchSize: batchSize)
    case .textFree(let sequence):
      let range = 1...Self.textFreeBatches
      guard (0..<Self.textFreeBatches).contains(index), range.contains(sequenceLength), range.contains(batchSize),
        sequenceLength * batchSize <= Self.textFreeTokens
      else {
        throw DiagnosticsError([
          Diagnostic(
            id: "no-such-batch",
            message: "there is no text-free batch \(index) of \(sequenceLength) steps and \(batchSize) columns",
            reason: "steps, columns and the number of batches are from 1 to \(Self.textFreeBatches), "
              + "and a batch has at most \(Self.textFreeTokens) tokens",
            fix: "take smaller numbers")
        ])
      }
      return TextFreeSequence(vocabularySize: max(1, min(sequence.vocabularySize, vocabularySize)))
        .window(firstRow: index * sequenceLength, sequenceLength: sequenceLength, batchSize: batchSize)
    }
  }
}

/// Tokens without a text, for tests and measurements that need no data: row t, column b holds
/// (7919·t + 104729·b + t·b) mod V.
package struct TextFreeSequence: Sendable, Hashable {
  /// V: all tokens are less.
  package let vocabularySize: Int

  /// Creates the sequence.
  ///
  /// - Precondition: `vocabularySize` is from 1 to 2³¹ − 1.
  package init(vocabularySize: Int) {
    precondition((1...Int(Int32.max)).contains(vocabularySize), "a vocabulary has from 1 to 2147483647 words")
    self.vocabularySize = vocabularySize
  }

  /// The token of a row and a column, both at least 0.
  package func token(row: Int, column: Int) -> Int32 {
    let (row, column) = (row % vocabularySize, column % vocabularySize)
    return Int32((7919 * row + 104_729 * column + row * column) % vocabularySize)
  }

  /// Rows `firstRow ..< firstRow + sequenceLength`.
  ///
  /// - Precondition: `sequenceLength` and `batchSize` are at least 1, `firstRow` at least 0, and their sum fits an `Int`.
  package func window(firstRow: Int, sequenceLength: Int, batchSize: Int) -> TokenWindow {
    TokenWindow(sequenceLength: sequenceLength, batchSize: batchSize, firstRow: firstRow) { token(row: $0, column: $1) }
  }
}

/// The tokens that networks read in one pass: T steps of B sequences.
package struct TokenWindow: Sendable, Hashable {
  /// T: rows, time steps.
  package let sequenceLength: Int
  /// B: columns, sequences read side by side.
  package let batchSize: Int
  /// The tokens, `[T, B]` row by row.
  package let ids: [Int32]

  /// Takes the tokens of a function of row and column.
  ///
  /// - Precondition: `sequenceLength` and `batchSize` are at least 1.
  init(sequenceLength: Int, batchSize: Int, firstRow: Int, token: (_ row: Int, _ column: Int) -> Int32) {
    precondition(sequenceLength >= 1 && batchSize >= 1, "a window has at least one row and one column")
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
    var ids: [Int32] = []
    ids.reserveCapacity(sequenceLength * batchSize)
    for row in firstRow..<firstRow + sequenceLength {
      for column in 0..<batchSize { ids.append(token(row, column)) }
    }
    self.ids = ids
  }
}

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

  /// Rows `firstRow ..< firstRow + steps`.
  ///
  /// - Precondition: `steps` and `columns` are at least 1, `firstRow` at least 0, and their sum fits an `Int`.
  package func window(firstRow: Int, steps: Int, columns: Int) -> TokenWindow {
    TokenWindow(steps: steps, columns: columns, firstRow: firstRow) { token(row: $0, column: $1) }
  }
}

/// Tokens for one forward pass.
package struct TokenWindow: Sendable, Hashable {
  /// Rows: time steps.
  package let steps: Int
  /// Columns: sequences read side by side.
  package let columns: Int
  /// The tokens, `[steps, columns]` row by row.
  package let ids: [Int32]

  /// Takes the tokens of a function of row and column.
  ///
  /// - Precondition: `steps` and `columns` are at least 1.
  init(steps: Int, columns: Int, firstRow: Int, token: (_ row: Int, _ column: Int) -> Int32) {
    precondition(steps >= 1 && columns >= 1, "a window has at least one row and one column")
    self.steps = steps
    self.columns = columns
    var ids: [Int32] = []
    ids.reserveCapacity(steps * columns)
    for row in firstRow..<firstRow + steps {
      for column in 0..<columns { ids.append(token(row, column)) }
    }
    self.ids = ids
  }
}

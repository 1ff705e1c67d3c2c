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

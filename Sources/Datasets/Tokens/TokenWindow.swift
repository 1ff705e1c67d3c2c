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

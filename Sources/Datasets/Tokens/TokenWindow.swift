/// Tokens for one forward pass, and the token that follows each.
public struct TokenWindow: Sendable, Hashable {
  /// Rows: time steps.
  public let steps: Int
  /// Columns: sequences read side by side.
  public let columns: Int
  /// The tokens, `[steps, columns]` row by row.
  public let ids: [Int32]
  /// The token after each of them in its column, `[steps, columns]` row by row: what a language model predicts.
  public let targets: [Int32]

  /// Takes the tokens of a function of row and column.
  ///
  /// - Precondition: `steps` and `columns` are at least 1.
  init(steps: Int, columns: Int, firstRow: Int, token: (_ row: Int, _ column: Int) -> Int32) {
    precondition(steps >= 1 && columns >= 1, "a window has at least one row and one column")
    self.steps = steps
    self.columns = columns
    var values: [Int32] = []
    values.reserveCapacity((steps + 1) * columns)
    for row in firstRow...firstRow + steps {
      for column in 0..<columns { values.append(token(row, column)) }
    }
    ids = Array(values[..<(steps * columns)])
    targets = Array(values[columns...])
  }
}

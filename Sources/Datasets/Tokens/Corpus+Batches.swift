import Diagnostics

extension Corpus {
  /// How many rows a part has when its tokens are laid out as `[columns, rows]`, one stretch of the text a column, and
  /// turned to `[rows, columns]`: ⌊tokens / columns⌋; the rest of the tokens is left out.
  package func rowCount(_ part: CorpusPart, columns: Int) -> Int {
    columns < 1 ? 0 : (self[part]?.count ?? 0) / columns
  }

  /// How many disjoint batches a part has: ⌊(rows − 1) / steps⌋, so that each token has one after it to be predicted, as in
  /// the released code; metrics read none of these.
  package func batchCount(_ part: CorpusPart, steps: Int, columns: Int) -> Int {
    steps < 1 ? 0 : max(0, rowCount(part, columns: columns) - 1) / steps
  }

  /// A batch of a part, disjoint from the others: rows `steps · index ..< steps · (index + 1)`.
  ///
  /// - Throws: `DiagnosticsError` when the part is absent or has no such batch; it says how many there are.
  package func batch(
    _ part: CorpusPart, index: Int, steps: Int, columns: Int
  ) throws(DiagnosticsError) -> TokenWindow {
    let count = batchCount(part, steps: steps, columns: columns)
    guard index >= 0, index < count else { throw outOfRange(index, count, part, steps, columns) }
    return window(part, firstRow: steps * index, steps, columns)
  }

  /// The window of rows that are known to be there.
  private func window(_ part: CorpusPart, firstRow: Int, _ steps: Int, _ columns: Int) -> TokenWindow {
    let tokens = self[part] ?? []
    let rows = tokens.count / columns
    return TokenWindow(steps: steps, columns: columns, firstRow: firstRow) { tokens[$1 * rows + $0] }
  }

  private func outOfRange(
    _ index: Int, _ count: Int, _ part: CorpusPart, _ steps: Int, _ columns: Int
  ) -> DiagnosticsError {
    guard let tokens = self[part] else {
      return DiagnosticsError(
        [
          Diagnostic(
            id: "missing-part", message: "the text has no part \(part.rawValue)",
            fix: parts.isEmpty ? nil : "it has: \(parts.map(\.rawValue).joined(separator: ", "))")
        ], kind: .missingInput)
    }
    return DiagnosticsError([
      Diagnostic(
        id: "no-such-batch", message: "the part \(part.rawValue) has no batch \(index)",
        reason:
          "its \(tokens.count) tokens give \(count) of \(steps) steps and \(columns) columns, each with its next token",
        fix: count > 0 ? "take one from 0 to \(count - 1)" : "take fewer steps or columns")
    ])
  }
}

import Tensors

/// y[r] = scale·table[id(r)]: embeddings of tokens, or the rows of hidden states that a loss reads. table [n, width],
/// y [rows, width].
///
/// Pullback: table̅[id(r)] += scale·ȳ[r], in the order of the rows; rows without an id are zero.
struct Lookup<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let table: Variable
  let ids: [Int32]
  let scale: Double
  let output: Variable

  var inputs: [Variable] { [table] }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    pull(cotangent, sweep)
  }

  private func pull(_ cotangent: Tensor<Element>, _ sweep: ReverseSweep<Element>) {
    guard let (tensor, accumulate) = sweep.destination(table) else { return }
    if !accumulate { tensor.fill(0) }
    Element.scatterRows(cotangent, ids, scale: scale, into: tensor)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(table) else { return }
    Element.gatherRows(tangent, ids, scale: scale, into: sweep.destination(output))
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let cotangent = second.cotangent(output) else { return }
    pull(cotangent, second)
  }
}

extension Tape {
  /// Records y[r] = scale·table[id(r)], written into the memory of a variable that nothing has written yet. Pullbacks read
  /// no value.
  ///
  /// - Parameters:
  ///   - table: [n, width].
  ///   - ids: The row of the table for each row of y. 0 ≤ id < n.
  ///   - scale: A factor; GPT-2 with adaptive embeddings has √width.
  ///   - output: y [rows, width].
  package func lookup(_ table: Variable, _ ids: [Int32], scale: Double = 1, into output: Variable) {
    precondition(value(table).columns == value(output).columns, "equal widths")
    Element.gatherRows(value(table), ids, scale: scale, into: value(output))
    record(Lookup(tape: self, table: table, ids: ids, scale: scale, output: output))
  }
}

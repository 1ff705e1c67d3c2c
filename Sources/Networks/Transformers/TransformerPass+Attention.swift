import Gradients
import Tensors

extension TransformerPass {
  /// The places that a token attends to.
  enum Sight: Sendable, Hashable {
    /// All of its sequence.
    case all
    /// Those up to its own, after so many of a segment before.
    case past(memory: Int)
  }

  /// softmax(q·kᵀ/√d)·v of each sequence and head, side by side [n, width]. The probabilities [T, keys] are tagged: after dropout
  /// where there is some, as released code returns them.
  ///
  /// - Parameters:
  ///   - queries: [n, width].
  ///   - keys: [n, width], sequence after sequence; of more rows than the queries where a segment came before.
  ///   - values: As the keys.
  ///   - output: Where it is written; a view of a series.
  ///   - positions: What is added to the scores of a sequence and head before they are scaled, from the queries: of
  ///     Transformer-XL.
  func attention(
    _ queries: Variable, _ keys: Variable, _ values: Variable, heads: Int, sight: Sight, layer: Int,
    into output: Variable,
    positions: ((_ sequence: Int, _ columns: Range<Int>) -> Variable)? = nil
  ) {
    let width = tape.value(queries).columns
    let size = width / heads
    let (steps, keyCount) = (layout.sequenceLength, tape.value(keys).rows / max(1, layout.batchSize))
    for sequence in 0..<layout.batchSize {
      let rows = sequence * steps..<(sequence + 1) * steps
      let keyRows = sequence * keyCount..<(sequence + 1) * keyCount
      for head in 0..<heads {
        let columns = head * size..<(head + 1) * size
        let softmax = self.probabilities(steps, keyCount, sight) { scores in
          let query = tape.view(queries, rows: rows, columns: columns)
          let key = tape.view(keys, rows: keyRows, columns: columns)
          guard let positions else {
            tape.product(query, key, rightTransposed: true, into: scores)
            return 1 / Double(size).squareRoot()
          }
          let content = matrix(steps, keyCount)
          tape.product(query, key, rightTransposed: true, into: content)
          tape.combine([content, positions(sequence, columns)], into: scores)
          return 1 / Double(size).squareRoot()
        }
        let probabilities = dropped(softmax, layer: layer, sequence: sequence, head: head)
        tag(probabilities, ProbeLabel(kind: .attention, layer: layer, sequence: sequence, head: head))
        tape.product(
          probabilities, tape.view(values, rows: keyRows, columns: columns),
          into: tape.view(output, rows: rows, columns: columns))
      }
    }
  }

  /// The softmax over the keys of scores that a function computes, and scales by what it returns. A linearised one is uniform.
  private func probabilities(
    _ steps: Int, _ keys: Int, _ sight: Sight, _ score: (_ scores: Variable) -> Double
  ) -> Variable {
    guard !mode.isLinearised else {
      return constant("uniform \(steps) \(keys)") { uniform(steps, keys, sight) }
    }
    // No pullback reads the scores: the softmax is written over them.
    let memory: Tensor<Element> = workspace.tensor(steps, keys)
    let (scores, weights) = (tape.variable(memory), tape.variable(memory))
    let scale = score(scores)
    switch sight {
    case .all: tape.softmax(scores, scale: scale, into: weights)
    case .past(let before): tape.softmax(scores, scale: scale, mask: .causal(memory: before), into: weights)
    }
    return weights
  }

  private func uniform(_ steps: Int, _ keys: Int, _ sight: Sight) -> Tensor<Element> {
    let matrix: Tensor<Element> = workspace.zeros(steps, keys)
    for step in 0..<steps {
      let count = if case .past(let before) = sight { min(keys, step + before + 1) } else { keys }
      matrix.rows(step..<step + 1).columns(0..<count).fill(1 / Double(count))
    }
    return matrix
  }

  /// Attention of tokens to all that follow them, the last to all: what becomes of a causal mask whose value is turned over.
  ///
  /// The value at masked places, 10⁴, is so far above every score that the softmax over the others is exactly 0.
  func flippedAttention(
    _ queries: Variable, _ keys: Variable, _ values: Variable, heads: Int, layer: Int, into output: Variable
  ) {
    let size = tape.value(queries).columns / heads
    let steps = layout.sequenceLength
    let following = constant("following \(steps)") { () -> Tensor<Element> in
      let matrix: Tensor<Element> = workspace.zeros(max(0, steps - 1), steps)
      for step in 0..<steps - 1 {
        matrix.rows(step..<step + 1).columns(step + 1..<steps).fill(1 / Double(steps - 1 - step))
      }
      return matrix
    }
    for sequence in 0..<layout.batchSize {
      let (start, last) = (sequence * steps, (sequence + 1) * steps - 1)
      let rows = start..<last + 1
      for head in 0..<heads {
        let columns = head * size..<(head + 1) * size
        let value = tape.view(values, rows: rows, columns: columns)
        if steps > 1 {
          tape.product(following, value, into: tape.view(output, rows: start..<last, columns: columns))
        }
        let memory: Tensor<Element> = workspace.tensor(1, steps)
        let (scores, weights) = (tape.variable(memory), tape.variable(memory))
        tape.product(
          tape.view(queries, rows: last..<last + 1, columns: columns), tape.view(keys, rows: rows, columns: columns),
          rightTransposed: true, into: scores)
        tape.softmax(scores, scale: 1 / Double(size).squareRoot(), into: weights)
        tape.product(weights, value, into: tape.view(output, rows: last..<last + 1, columns: columns))
      }
    }
  }
}

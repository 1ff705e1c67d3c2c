import Tensors

@testable import Gradients

/// A GPT-2 on a tape, of the operators of this module: for tests of them together, and an example of attention.
///
/// Rows of its matrices are tokens, step by step: row s·B + b is step s of sequence b. Weights are stored [inputs, outputs].
struct SmallDecoder<Element: TensorElement> {
  let workspace = Workspace()
  let tape: Tape<Element>
  /// The leaves by name.
  let parameters: [String: Variable]
  let batch: Int
  let steps: Int
  private let width: Int

  /// Makes leaves of the weights, each [rows, columns].
  init(_ weights: [(name: String, rows: Int, columns: Int, values: [Double])], batch: Int, steps: Int) {
    let tape = Tape<Element>(workspace)
    let workspace = workspace
    var parameters: [String: Variable] = [:]
    for weight in weights {
      let value: Tensor<Element> = workspace.tensor(weight.rows, weight.columns)
      for (index, element) in weight.values.enumerated() { value.pointer[index] = Element(element) }
      parameters[weight.name] = tape.leaf(value, gradient: .all)
    }
    self.tape = tape
    self.parameters = parameters
    self.batch = batch
    self.steps = steps
    width = parameters["ln_f.bias"].map { tape.value($0).columns } ?? 0
  }

  private func parameter(_ name: String) -> Variable {
    guard let variable = parameters[name] else { preconditionFailure("there is no parameter \(name)") }
    return variable
  }

  private func matrix(_ rows: Int, _ columns: Int) -> Variable { tape.variable(workspace.tensor(rows, columns)) }

  /// x·W + b.
  private func linear(_ input: Variable, _ name: String) -> Variable {
    let weight = parameter("\(name).weight")
    let (rows, columns) = (tape.value(input).rows, tape.value(weight).columns)
    let (product, output) = (matrix(rows, columns), matrix(rows, columns))
    tape.product(input, weight, into: product)
    tape.combine([product], bias: parameter("\(name).bias"), into: output)
    return output
  }

  private func norm(_ input: Variable, _ name: String) -> Variable {
    let output = matrix(tape.value(input).rows, width)
    tape.layerNorm(
      input, gain: parameter("\(name).weight"), bias: parameter("\(name).bias"), epsilon: 1e-5, into: output)
    return output
  }

  private func sum(_ a: Variable, _ b: Variable) -> Variable {
    let output = matrix(tape.value(a).rows, tape.value(a).columns)
    tape.combine([a, b], into: output)
    return output
  }

  /// Causal attention of queries, keys and values side by side [S·B, 3·width]: softmax(q·kᵀ/√d)·v for each sequence and
  /// head, which are views of every B-th row and of d columns.
  private func attention(_ joined: Variable, heads: Int) -> Variable {
    let size = width / heads
    let output = tape.series(workspace.tensor(steps * batch, width))
    for sequence in 0..<batch {
      let rows = RowSequence(first: sequence, count: steps, step: batch)
      for head in 0..<heads {
        let columns = head * size..<(head + 1) * size
        func part(_ third: Int) -> Variable {
          tape.view(
            joined, rows: rows, columns: third * width + columns.lowerBound..<third * width + columns.upperBound)
        }
        let (scores, weights) = (matrix(steps, steps), matrix(steps, steps))
        tape.product(part(0), part(1), rightTransposed: true, into: scores)
        tape.softmax(scores, scale: 1 / Double(size).squareRoot(), mask: .causal(), into: weights)
        tape.product(weights, part(2), into: tape.view(output, rows: rows, columns: columns))
      }
    }
    return output
  }

  /// The mean cross-entropy of every token but the first, given those before it.
  ///
  /// - Parameters:
  ///   - ids: A token for each row.
  ///   - heads: How many each layer has, from the embedding upwards.
  func loss(_ ids: [Int32], heads: [Int]) -> Variable {
    let (tokens, positions) = (matrix(steps * batch, width), matrix(steps * batch, width))
    let table = parameter("wte.emb_layers.0.weight")
    tape.lookup(table, ids, scale: Double(width).squareRoot(), into: tokens)
    tape.lookup(parameter("wpe.weight"), ids.indices.map { Int32($0 / batch) }, into: positions)
    var hidden = sum(tokens, positions)
    for (index, count) in heads.enumerated() {
      let name = "h.\(index)"
      let attended = attention(linear(norm(hidden, "\(name).ln_1"), "\(name).attn.c_attn"), heads: count)
      hidden = sum(hidden, linear(attended, "\(name).attn.c_proj"))
      let inner = linear(norm(hidden, "\(name).ln_2"), "\(name).mlp.c_fc")
      let activated = matrix(steps * batch, tape.value(inner).columns)
      tape.gelu(inner, .tanh, into: activated)
      hidden = sum(hidden, linear(activated, "\(name).mlp.c_proj"))
    }
    let rows = (steps - 1) * batch
    let read = tape.view(norm(hidden, "ln_f"), rows: 0..<rows, columns: 0..<width)
    let (product, logits) = (matrix(rows, tape.value(table).rows), matrix(rows, tape.value(table).rows))
    tape.product(read, table, rightTransposed: true, into: product)
    tape.combine([product], bias: parameter("lm_head.out_layers_biases.0"), into: logits)
    let loss = matrix(1, 1)
    tape.crossEntropy(logits, targets: Array(ids[batch...]), into: loss)
    return loss
  }
}

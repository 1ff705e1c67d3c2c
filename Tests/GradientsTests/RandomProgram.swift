import Tensors
import TestSupport

@testable import Gradients

/// A random composition of operations on matrices, their halves and quarters, on series written by halves, and on halves
/// read beside the whole; the same at every evaluation.
struct RandomProgram {
  /// Number of leaves [4, 4].
  static let leafCount = 3
  let workspace = Workspace()
  let tape: Tape<Double>
  let leaves: [Variable]
  /// What the objective weighs.
  private(set) var results: [Variable] = []

  init(_ seed: Int, _ values: [[Double]], wanted: Set<Int> = [0, 1, 2]) {
    tape = Tape(workspace)
    var leaves: [Variable] = []
    for (index, value) in values.enumerated() {
      leaves.append(tape.leaf(workspace.matrix(4, 4, value), gradient: wanted.contains(index) ? .all : .none))
    }
    self.leaves = leaves
    var draws = SampleNumbers(seed)
    var pools: [[Variable]] = [leaves, [], []]
    for _ in 0..<14 { step(&draws, &pools) }
    results = pools.flatMap { $0.suffix(3) }
  }

  private func choice(_ count: Int, _ draws: inout SampleNumbers) -> Int {
    min(count - 1, Int((draws.next() + 1) / 2 * Double(count)))
  }

  /// Adds a half of a whole, a quarter of a half, a series of two halves, or an operation's output to the pools.
  private func step(_ draws: inout SampleNumbers, _ pools: inout [[Variable]]) {
    switch choice(6, &draws) {
    case 0:
      // Rows one after another, or every second one: halves of both kinds overlap.
      let (half, step) = (choice(2, &draws), 1 + choice(2, &draws))
      let whole = pools[0][choice(pools[0].count, &draws)]
      let rows = RowSequence(first: step == 1 ? 2 * half : half, count: 2, step: step)
      pools[1].append(tape.view(whole, rows: rows, columns: 0..<4))
    case 1 where !pools[1].isEmpty:
      let left = choice(3, &draws)
      let half = pools[1][choice(pools[1].count, &draws)]
      pools[2].append(tape.view(half, rows: 0..<2, columns: left..<left + 2))
    case 2 where !pools[1].isEmpty:
      let series = tape.series(workspace.matrix(4, 4))
      let bothHalves = choice(2, &draws) == 0
      for top in bothHalves ? [0, 2] : [2] {
        let part = tape.view(series, rows: top..<top + 2, columns: 0..<4)
        tape.combine([pools[1][choice(pools[1].count, &draws)]], .tanh, into: part)
        if choice(2, &draws) == 0 { pools[1].append(part) }
      }
      pools[0].append(series)
    default:
      let level = choice(3, &draws)
      guard !pools[level].isEmpty else { return }
      let sides = [(4, 4), (2, 4), (2, 2)][level]
      let output = tape.variable(workspace.matrix(sides.0, sides.1))
      let inputs = (0..<3).map { _ in pools[level][choice(pools[level].count, &draws)] }
      func row() -> Variable {
        let leaf = leaves[choice(leaves.count, &draws)]
        let index = choice(4, &draws)
        return tape.view(leaf, rows: index..<index + 1, columns: 0..<sides.1)
      }
      switch choice(8, &draws) {
      case 0:
        let bias = choice(2, &draws) == 0 ? row() : nil
        tape.combine(Array(inputs.prefix(1 + choice(3, &draws))), bias: bias, .sigmoid, into: output)
      case 1: tape.multiply(inputs[0], inputs[1], into: output)
      case 2: tape.blend(inputs[0], inputs[1], inputs[2], into: output)
      case 3:
        let right = level == 1 ? pools[0][choice(pools[0].count, &draws)] : inputs[1]
        tape.product(inputs[0], right, rightTransposed: choice(2, &draws) == 0, into: output)
      case 4: tape.softmax(inputs[0], mask: choice(2, &draws) == 0 ? .causal() : .none, into: output)
      case 5: tape.layerNorm(inputs[0], gain: row(), bias: row(), epsilon: 0.3, into: output)
      case 6: tape.gelu(inputs[0], into: output)
      default:
        // Weights are leaves.
        guard level < 2 else { return }
        tape.project(inputs[0], OperationCase.projection(tape, leaves[choice(2, &draws)]), into: output)
      }
      pools[level].append(output)
    }
  }

  /// Weights of the results in the objective, different at every place.
  private func seeds() -> [Tensor<Double>] {
    var numbers = SampleNumbers(5)
    return results.map { result in
      let value = tape.value(result)
      return workspace.matrix(value.rows, value.columns, numbers.next(value.count))
    }
  }

  /// Σ weights ⊙ results.
  var objective: Double { zip(results, seeds()).reduce(0) { $0 + Double.productSum(tape.value($1.0), $1.1) } }

  /// The gradient of the objective with regard to each leaf; nil when it is zero.
  func gradients() -> [[Double]?] {
    let sweep = ReverseSweep(tape)
    for (result, seed) in zip(results, seeds()) { sweep.seed(result, seed) }
    sweep.run()
    return leaves.map { sweep.cotangent($0)?.elements }
  }

  /// The derivatives of the objective and of its gradient along directions.
  func derivatives(along directions: [[Double]]) -> (objective: Double, gradients: [[Double]?]) {
    let tangents = TangentSweep(tape)
    for (leaf, direction) in zip(leaves, directions) { tangents.seed(leaf, workspace.matrix(4, 4, direction)) }
    tangents.run()
    let primal = ReverseSweep(tape)
    let second = ReverseSweep(tape)
    var slope = 0.0
    for (result, seed) in zip(results, seeds()) {
      primal.seed(result, seed)
      if let tangent = tangents.tangent(result) { slope += Double.productSum(tangent, seed) }
    }
    primal.run(tangents: tangents, second: second)
    return (slope, leaves.map { second.cotangent($0)?.elements })
  }
}

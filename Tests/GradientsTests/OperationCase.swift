import Tensors
import TestSupport
import Testing

@testable import Gradients

/// An operation with what it takes to check its derivatives. One list of cases serves the check of the pullback, of the
/// pushforward and of the pullback's tangent.
struct OperationCase: Sendable, CustomTestStringConvertible {
  /// A matrix that the operation reads.
  struct Input: Sendable {
    var rows: Int
    var columns: Int
  }

  /// The file of `Operations/`.
  var operation: String
  /// What is special about the case.
  var name: String
  var inputs: [Input]
  var output: Input
  /// Of the central differences.
  var step = 1e-5
  /// Of a derivative, relative to 1 and to its size.
  var tolerance = 1e-8
  /// Values of the output where the derivative jumps; inputs that come near are replaced.
  var kinks: [Double] = []
  /// Inputs whose tangent is the input itself, in the same memory.
  var ownTangents: Set<Int> = []
  /// Records the operation.
  var record: @Sendable (Tape<Double>, [Variable], Variable) -> Void

  var testDescription: String { "\(operation): \(name)" }

  /// Values of all inputs, row by row, from the first sequence that stays away from kinks.
  func sample() -> [[Double]] {
    for salt in 0... {
      var numbers = SampleNumbers(salt)
      let values = inputs.map { numbers.next($0.rows * $0.columns) }
      let output = OperationRun(self, values).output
      if !output.contains(where: { value in kinks.contains { abs(value - $0) < 1e-3 } }) { return values }
    }
    return []
  }

  /// Directions in the inputs to differentiate along.
  func directions(at values: [[Double]]) -> [[Double]] {
    var numbers = SampleNumbers(1000)
    return inputs.indices.map { ownTangents.contains($0) ? values[$0] : numbers.next(values[$0].count) }
  }
}

/// An operation evaluated at some values.
struct OperationRun {
  let workspace = Workspace()
  let tape: Tape<Double>
  let inputs: [Variable]
  let result: Variable

  /// Records an operation.
  ///
  /// - Parameters:
  ///   - wanted: The inputs whose gradients are wanted; all when nil.
  ///   - isRepeated: Whether the operation is recorded twice and summed, so that contributions are added to others.
  init(_ operation: OperationCase, _ values: [[Double]], wanted: Set<Int>? = nil, isRepeated: Bool = false) {
    let tape = Tape<Double>(workspace)
    let workspace = workspace
    var inputs: [Variable] = []
    for (index, shape) in operation.inputs.enumerated() {
      let isWanted = wanted?.contains(index) ?? true
      let value = workspace.matrix(shape.rows, shape.columns, values[index])
      inputs.append(tape.leaf(value, gradient: isWanted ? .all : .none))
    }
    let outputs = (0..<3).map { _ in
      tape.variable(workspace.matrix(operation.output.rows, operation.output.columns))
    }
    operation.record(tape, inputs, outputs[0])
    if isRepeated {
      operation.record(tape, inputs, outputs[1])
      tape.combine([outputs[0], outputs[1]], into: outputs[2])
    }
    self.tape = tape
    self.inputs = inputs
    result = outputs[isRepeated ? 2 : 0]
  }

  var output: [Double] { tape.value(result).elements }

  private func cotangent(_ values: [Double]) -> Tensor<Double> {
    workspace.matrix(tape.value(result).rows, tape.value(result).columns, values)
  }

  /// The gradients of Σ cotangent ⊙ output; nil where none is wanted.
  func gradients(_ values: [Double]) -> [[Double]?] {
    let sweep = ReverseSweep(tape)
    sweep.seed(result, cotangent(values))
    sweep.run()
    return inputs.map { sweep.cotangent($0)?.elements }
  }

  private func tangents(_ directions: [[Double]], _ operation: OperationCase, moving: Set<Int>) -> TangentSweep<Double>
  {
    let sweep = TangentSweep(tape)
    for index in inputs.indices where moving.contains(index) {
      let value = tape.value(inputs[index])
      let isOwn = operation.ownTangents.contains(index)
      sweep.seed(inputs[index], isOwn ? value : workspace.matrix(value.rows, value.columns, directions[index]))
    }
    sweep.run()
    return sweep
  }

  /// The derivative of the output along directions of the inputs that move.
  func tangent(_ directions: [[Double]], _ operation: OperationCase, moving: Set<Int>) -> [Double]? {
    tangents(directions, operation, moving: moving).tangent(result)?.elements
  }

  /// The derivatives of the gradients, the cotangent moving along a direction of its own unless that is nil.
  func gradientTangents(
    _ values: [Double], moved: [Double]?, _ directions: [[Double]], _ operation: OperationCase, moving: Set<Int>
  ) -> [[Double]?] {
    let tangents = tangents(directions, operation, moving: moving)
    let primal = ReverseSweep(tape)
    let second = ReverseSweep(tape)
    primal.seed(result, cotangent(values))
    if let moved { second.seed(result, cotangent(moved)) }
    primal.run(tangents: tangents, second: second)
    return inputs.map { second.cotangent($0)?.elements }
  }
}

extension Workspace {
  /// A matrix of the given elements in row-major order, or of zeros.
  func matrix(_ rows: Int, _ columns: Int, _ values: [Double] = []) -> Tensor<Double> {
    let result: Tensor<Double> = zeros(rows, columns)
    for (index, value) in values.enumerated() { result.pointer[index] = value }
    return result
  }
}

/// Values plus a multiple of a direction.
func moved(_ values: [[Double]], _ directions: [[Double]], by step: Double, moving: Set<Int>) -> [[Double]] {
  values.indices.map { index in
    moving.contains(index) ? zip(values[index], directions[index]).map { $0 + step * $1 } : values[index]
  }
}

/// The largest difference of numbers, relative to 1 and to their size; infinite when there are not as many.
func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  // Not a number is a difference, too.
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}

/// All subsets of 0 ..< count.
func subsets(_ count: Int) -> [Set<Int>] {
  (0..<1 << count).map { bits in Set((0..<count).filter { bits >> $0 & 1 == 1 }) }
}

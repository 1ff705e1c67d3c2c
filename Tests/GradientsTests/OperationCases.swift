import Tensors
import TestSupport

@testable import Gradients

extension OperationCase {
  /// Every operation, in every form that its code tells apart.
  static let all: [OperationCase] = combines + multiplies + blends + projects

  private static let shape = Input(rows: 3, columns: 5)
  private static let bias = [0.3, -0.2, 0.9, -0.7, 0.1]

  private static let combines: [OperationCase] = Activation.allCases.flatMap { activation in
    let patterns: [(name: String, order: [Int], hasBias: Bool)] = [
      ("one input", [0], false), ("one input and a bias", [0], true), ("two inputs", [0, 1], false),
      ("three inputs and a bias", [0, 1, 2], true), ("an input twice", [0, 0], false),
      ("an input three times", [0, 0, 0], false), ("an input twice, then another", [0, 0, 1], true),
      ("an input before and after another", [0, 1, 0], false),
    ]
    return patterns.map { pattern in
      OperationCase(
        operation: "Combine", name: "\(activation), \(pattern.name)",
        inputs: Array(repeating: shape, count: (pattern.order.max() ?? 0) + 1), output: shape,
        kinks: activation == .leakyReLU ? [0] : []
      ) { tape, inputs, output in
        var memory: UnsafePointer<Double>?
        if pattern.hasBias { memory = UnsafePointer(tape.workspace.matrix(1, bias.count, bias).pointer) }
        tape.combine(pattern.order.map { inputs[$0] }, bias: memory, activation, into: output)
      }
    }
  }

  private static let multiplies: [OperationCase] = [("a and b", [0, 1]), ("a and a", [0, 0])].map { name, order in
    OperationCase(
      operation: "Multiply", name: name, inputs: Array(repeating: shape, count: Set(order).count), output: shape
    ) { tape, inputs, output in tape.multiply(inputs[order[0]], inputs[order[1]], into: output) }
  }

  private static let blends: [OperationCase] = [
    ("z, a and b", [0, 1, 2]), ("z, a and a", [0, 1, 1]), ("z, z and b", [0, 0, 1]), ("z, a and z", [0, 1, 0]),
    ("z, z and z", [0, 0, 0]),
  ].map { name, order in
    OperationCase(
      operation: "Blend", name: name, inputs: Array(repeating: shape, count: Set(order).count), output: shape
    ) { tape, inputs, output in
      tape.blend(inputs[order[0]], inputs[order[1]], inputs[order[2]], into: output)
    }
  }

  private static let projects: [OperationCase] = [
    ("x and W", [], true), ("W with itself as tangent", [1] as Set<Int>, true), ("W laid out forward alone", [], false),
  ].map { name, own, hasBackward in
    OperationCase(
      operation: "Project", name: name, inputs: [Input(rows: 3, columns: 4), Input(rows: 5, columns: 4)],
      output: Input(rows: 3, columns: 5), ownTangents: own
    ) { tape, inputs, output in
      tape.project(inputs[0], projection(tape, inputs[1], hasBackward: hasBackward), into: output)
    }
  }

  /// A leaf as a weight, laid out for products.
  static func projection(
    _ tape: Tape<Double>, _ weight: Variable, hasBackward: Bool = true
  ) -> ProjectionWeight<Double> {
    let value = tape.value(weight)
    return ProjectionWeight(
      variable: weight, forward: PackedMatrix(transposeOf: value, tape.workspace),
      backward: hasBackward ? PackedMatrix(value, tape.workspace) : nil)
  }
}

import Tensors
import TestSupport

@testable import Gradients

extension OperationCase {
  /// Every operation, in every form that its code tells apart.
  static let all: [OperationCase] =
    combines + multiplies + blends + projects + products + softmaxes + layerNorms + gelus + lookups + crossEntropies
    + convolutions + relativeShifts

  private static let shape = Input(rows: 3, columns: 5)
  private static let row = Input(rows: 1, columns: 5)

  private static let combines: [OperationCase] = Activation.allCases.flatMap { activation in
    let patterns: [(name: String, order: [Int], hasBias: Bool)] = [
      ("one input", [0], false), ("one input and a bias", [0], true), ("two inputs", [0, 1], false),
      ("two inputs and a bias", [0, 1], true), ("a bias alone", [], true), ("an input twice", [0, 0], false),
      ("an input three times", [0, 0, 0], false), ("an input twice, then another", [0, 0, 1], true),
      ("an input before and after another", [0, 1, 0], false),
    ]
    return patterns.map { pattern in
      let count = (pattern.order.max() ?? -1) + 1
      return OperationCase(
        operation: "Combine", name: "\(activation), \(pattern.name)",
        inputs: Array(repeating: shape, count: count) + (pattern.hasBias ? [row] : []), output: shape,
        kinks: activation == .leakyReLU || activation == .relu ? [0] : []
      ) { tape, inputs, output in
        let bias = pattern.hasBias ? inputs[count] : nil
        tape.combine(pattern.order.map { inputs[$0] }, bias: bias, activation, into: output)
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

  private static let products: [OperationCase] =
    [(false, false), (false, true), (true, false), (true, true)].map {
      isLeftTransposed, isRightTransposed in
      OperationCase(
        operation: "MatrixProduct", name: "a\(isLeftTransposed ? "ᵀ" : "") and b\(isRightTransposed ? "ᵀ" : "")",
        inputs: [
          isLeftTransposed ? Input(rows: 4, columns: 3) : Input(rows: 3, columns: 4),
          isRightTransposed ? Input(rows: 5, columns: 4) : Input(rows: 4, columns: 5),
        ], output: Input(rows: 3, columns: 5)
      ) { tape, inputs, output in
        tape.product(
          inputs[0], transposed: isLeftTransposed, inputs[1], rightTransposed: isRightTransposed, into: output)
      }
    } + [
      OperationCase(
        operation: "MatrixProduct", name: "a and aᵀ", inputs: [Input(rows: 3, columns: 4)],
        output: Input(rows: 3, columns: 3)
      ) { tape, inputs, output in tape.product(inputs[0], inputs[0], rightTransposed: true, into: output) }
    ]

  private static let softmaxes: [OperationCase] =
    [
      ("all columns", nil, 1), ("scaled", nil, 0.7), ("causal", 0, 2),
      ("causal after a segment", 2, 1),
    ].map { (name: String, memory: Int?, scale: Double) in
      OperationCase(operation: "Softmax", name: name, inputs: [shape], output: shape) { tape, inputs, output in
        tape.softmax(inputs[0], scale: scale, mask: memory.map { .causal(memory: $0) } ?? .none, into: output)
      }
    }
    + [(1, "a mask for all rows"), (3, "a mask")].map { rows, name in
      OperationCase(operation: "Softmax", name: name, inputs: [shape], output: shape) { tape, inputs, output in
        var numbers = SampleNumbers(3)
        let mask = tape.workspace.matrix(rows, 5, numbers.next(5 * rows))
        mask[rows - 1, 2] = -.infinity
        tape.softmax(inputs[0], mask: .added(mask), into: output)
      }
    }

  private static let layerNorms: [OperationCase] =
    [("small ε", 1e-5), ("large ε", 0.5)].map { name, epsilon in
      OperationCase(operation: "LayerNorm", name: name, inputs: [shape, row, row], output: shape) {
        tape, inputs, output in
        tape.layerNorm(inputs[0], gain: inputs[1], bias: inputs[2], epsilon: epsilon, into: output)
      }
    } + [
      OperationCase(
        operation: "LayerNorm", name: "one number as gain and bias", inputs: [shape, row], output: shape
      ) { tape, inputs, output in
        tape.layerNorm(inputs[0], gain: inputs[1], bias: inputs[1], epsilon: 1e-3, into: output)
      }
    ]

  private static let gelus: [OperationCase] = GELUForm.allCases.map { form in
    OperationCase(operation: "GELU", name: "\(form)", inputs: [shape], output: shape) { tape, inputs, output in
      tape.gelu(inputs[0], form, into: output)
    }
  }

  private static let lookups: [OperationCase] = [("scaled", 1.5, [2, 0, 2]), ("one row", 1, [1, 1, 1])].map {
    (name: String, scale: Double, ids: [Int32]) in
    OperationCase(operation: "Lookup", name: name, inputs: [Input(rows: 4, columns: 5)], output: shape) {
      tape, inputs, output in
      tape.lookup(inputs[0], ids, scale: scale, into: output)
    }
  }

  /// Two sequences; kernels that are shorter and longer than they are.
  private static let convolutions: [OperationCase] = [3, 5, 9].flatMap { width in
    [
      OperationCase(
        operation: "DepthwiseConvolution", name: "\(width) places",
        inputs: [Input(rows: 8, columns: 3), Input(rows: 3, columns: width)], output: Input(rows: 8, columns: 3)
      ) { tape, inputs, output in tape.depthwiseConvolution(inputs[0], inputs[1], sequenceLength: 4, into: output) },
      OperationCase(
        operation: "DynamicConvolution", name: "\(width) places",
        inputs: [Input(rows: 8, columns: 2 * width), Input(rows: 8, columns: 6)], output: Input(rows: 8, columns: 6)
      ) { tape, inputs, output in
        tape.dynamicConvolution(inputs[0], inputs[1], heads: 2, sequenceLength: 4, into: output)
      },
    ]
  }

  /// Without and with a segment before.
  private static let relativeShifts: [OperationCase] = [3, 5].map { columns in
    OperationCase(
      operation: "RelativeShift", name: "\(columns) keys", inputs: [Input(rows: 3, columns: columns)],
      output: Input(rows: 3, columns: columns)
    ) { tape, inputs, output in tape.relativeShift(inputs[0], into: output) }
  }

  /// More rows than are in memory at once.
  private static let crossEntropies: [OperationCase] = [3, 35].map { rows in
    OperationCase(
      operation: "CrossEntropy", name: "\(rows) rows", inputs: [Input(rows: rows, columns: 4)],
      output: Input(rows: 1, columns: 1)
    ) { tape, inputs, output in
      tape.crossEntropy(inputs[0], targets: (0..<rows).map { Int32(3 * $0 % 4) }, into: output)
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

import Foundation
import Tensors
import TestSupport
import Testing

@testable import Gradients

/// Values in closed form, and properties, of the operators that transformers are made of.
@Suite struct OperatorValueTests {
  private let workspace = Workspace()
  private var tape: Tape<Double> { Tape(workspace) }

  private func sample(_ rows: Int, _ columns: Int, _ salt: Int, of scale: Double = 1) -> Tensor<Double> {
    var numbers = SampleNumbers(salt)
    return workspace.matrix(rows, columns, numbers.next(rows * columns).map { scale * $0 })
  }

  /// What an operation writes.
  private func value(
    _ rows: Int, _ columns: Int, _ inputs: [Tensor<Double>], _ record: (Tape<Double>, [Variable], Variable) -> Void
  ) -> Tensor<Double> {
    let tape = tape
    let output = tape.variable(workspace.matrix(rows, columns))
    record(tape, inputs.map { tape.leaf($0) }, output)
    return tape.value(output)
  }

  @Test func softmaxOfLogarithms() {
    let logarithms = [0, 0.6931471805599453, 1.0986122886681098, 1.3862943611198906]
    let y = value(1, 4, [workspace.matrix(1, 4, logarithms)]) { $0.softmax($1[0], into: $2) }
    #expect(difference(y.elements, [0.1, 0.2, 0.3, 0.4]) < 1e-15)
    let halved = value(1, 4, [workspace.matrix(1, 4, logarithms.map { 2 * $0 })]) {
      $0.softmax($1[0], scale: 0.5, into: $2)
    }
    #expect(difference(halved.elements, [0.1, 0.2, 0.3, 0.4]) < 1e-15)
  }

  /// Rows sum to one, a shift of a row changes nothing, and the future has no share.
  @Test func softmaxOfRows() {
    let x = sample(6, 6, 1, of: 30)
    for mask in [SoftmaxMask<Double>.none, .causal(), .causal(memory: 2)] {
      let y = value(6, 6, [x]) { $0.softmax($1[0], mask: mask, into: $2) }
      let shifted = workspace.matrix(6, 6, x.elements.enumerated().map { $1 + Double($0 / 6) })
      let same = value(6, 6, [shifted]) { $0.softmax($1[0], mask: mask, into: $2) }
      #expect(difference(same.elements, y.elements) < 1e-14)
      for row in 0..<6 {
        #expect(abs(Double.sum(y.rows(row..<row + 1)) - 1) < 1e-15)
        if case .causal(let memory) = mask {
          #expect((row + memory + 1..<max(6, row + memory + 1)).allSatisfy { y[row, $0] == 0 })
          // As if −∞ were added to the future.
          let added = workspace.matrix(1, 6, (0..<6).map { $0 > row + memory ? -.infinity : 0 })
          let masked = value(1, 6, [x.rows(row..<row + 1)]) { $0.softmax($1[0], mask: .added(added), into: $2) }
          #expect(masked.elements == y.rows(row..<row + 1).elements)
        }
      }
    }
  }

  @Test func normalisedRows() {
    let (x, gain, bias) = (sample(4, 50, 2, of: 7), sample(1, 50, 3), sample(1, 50, 4))
    let (ones, zeros) = (workspace.matrix(1, 50, Array(repeating: 1, count: 50)), workspace.matrix(1, 50))
    let y = value(4, 50, [x, ones, zeros]) { $0.layerNorm($1[0], gain: $1[1], bias: $1[2], epsilon: 0, into: $2) }
    for row in 0..<4 {
      #expect(abs(Double.sum(y.rows(row..<row + 1))) < 1e-13)
      #expect(abs(Double.squareSum(y.rows(row..<row + 1)) - 50) < 1e-12)
    }
    let scaled = value(4, 50, [x, gain, bias]) { $0.layerNorm($1[0], gain: $1[1], bias: $1[2], epsilon: 0, into: $2) }
    let expected = y.elements.enumerated().map { $1 * gain[0, $0 % 50] + bias[0, $0 % 50] }
    #expect(difference(scaled.elements, expected) < 1e-14)
    // Two numbers are normalised to −1 and 1, shrunk by √(σ²/(σ² + ε)): here σ = 2, ε = 12.
    let pair = value(1, 2, [workspace.matrix(1, 2, [1, 5]), ones.columns(0..<2), zeros.columns(0..<2)]) {
      $0.layerNorm($1[0], gain: $1[1], bias: $1[2], epsilon: 12, into: $2)
    }
    #expect(pair.elements == [-0.5, 0.5])
  }

  /// The gradient of a cotangent that is one everywhere is zero: a normalised row has no sum.
  @Test func normalisedRowsHideTheirSum() throws {
    let tape = tape
    let x = tape.leaf(sample(3, 20, 5), gradient: .all)
    let (gain, bias) = (tape.leaf(workspace.matrix(1, 20, Array(repeating: 1, count: 20))), tape.leaf(sample(1, 20, 6)))
    let y = tape.variable(workspace.matrix(3, 20))
    tape.layerNorm(x, gain: gain, bias: bias, epsilon: 1e-12, into: y)
    let sweep = ReverseSweep(tape)
    sweep.seed(y, workspace.matrix(3, 20, Array(repeating: 1, count: 60)))
    sweep.run()
    #expect(try #require(sweep.cotangent(x)).elements.allSatisfy { abs($0) < 1e-14 })
  }

  /// x·Φ(x) with Φ(1) = 0.841344746068543 (NIST's tables), and f(x) − f(−x) = x in both forms.
  @Test func gelu() {
    let x = workspace.matrix(1, 3, [1, -1, 0])
    let y = value(1, 3, [x]) { $0.gelu($1[0], into: $2) }
    #expect(difference(y.elements, [0.841344746068543, -0.158655253931457, 0]) < 1e-15)
    let approximate = value(1, 3, [x]) { $0.gelu($1[0], .tanh, into: $2) }
    #expect(difference(approximate.elements, [0.841191990608276, -0.158808009391724, 0]) < 1e-14)
    let (right, left) = (sample(1, 200, 7, of: 6), workspace.matrix(1, 200))
    left.add(right, scaledBy: -1)
    for form in GELUForm.allCases {
      let values = [right, left].map { x in value(1, 200, [x]) { $0.gelu($1[0], form, into: $2) }.elements }
      #expect(difference(zip(values[0], values[1]).map { $0 - $1 }, right.elements) < 1e-15)
    }
  }

  @Test func productsOfEveryForm() {
    let (a, b) = (workspace.matrix(2, 2, [1, 2, 3, 4]), workspace.matrix(2, 2, [5, 6, 7, 8]))
    let expected: [[Double]] = [[19, 22, 43, 50], [17, 23, 39, 53], [26, 30, 38, 44], [23, 31, 34, 46]]
    for (index, values) in expected.enumerated() {
      let y = value(2, 2, [a, b]) {
        $0.product($1[0], transposed: index > 1, $1[1], rightTransposed: index % 2 == 1, into: $2)
      }
      #expect(y.elements == values)
    }
  }

  @Test func rowsByNumber() throws {
    let tape = tape
    let table = tape.leaf(workspace.matrix(3, 2, [1, 2, 3, 4, 5, 6]), gradient: .all)
    let y = tape.variable(workspace.matrix(4, 2))
    tape.lookup(table, [2, 0, 2, 2], scale: 2, into: y)
    #expect(tape.value(y).elements == [10, 12, 2, 4, 10, 12, 10, 12])
    let sweep = ReverseSweep(tape)
    sweep.seed(y, workspace.matrix(4, 2, [1, 10, 2, 20, 3, 30, 4, 40]))
    sweep.run()
    #expect(try #require(sweep.cotangent(table)).elements == [4, 40, 0, 0, 16, 160])
  }

  /// The loss is the mean of −ln of the probability of the target; of equal logits, the logarithm of their number.
  @Test func crossEntropy() {
    let (rows, columns) = (70, 9)
    let targets = (0..<rows).map { Int32($0 * 5 % columns) }
    let x = sample(rows, columns, 8, of: 10)
    let loss = value(1, 1, [x]) { $0.crossEntropy($1[0], targets: targets, into: $2) }
    let p = value(rows, columns, [x]) { $0.softmax($1[0], into: $2) }
    let logarithms = targets.enumerated().reduce(0) { $0 - log(p[$1.offset, Int($1.element)]) }
    #expect(abs(loss[0, 0] - logarithms / Double(rows)) < 1e-13)
    let equal = value(1, 1, [workspace.matrix(rows, columns)]) { $0.crossEntropy($1[0], targets: targets, into: $2) }
    #expect(abs(equal[0, 0] - 2.1972245773362196) < 1e-15)
  }
}

import CKernels
import Foundation
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: Shape.all) func softmaxMinusTarget(_ shape: Shape) {
    softmaxMinusTarget(Float.self, shape, offset: 0)
    softmaxMinusTarget(Double.self, shape, offset: 0)
    // Subtracting the maximum keeps large logits from overflowing.
    softmaxMinusTarget(Float.self, shape, offset: 1e4)
    softmaxMinusTarget(Double.self, shape, offset: -1e5)
  }

  private func softmaxMinusTarget<E: KernelElement>(_: E.Type, _ shape: Shape, offset: E) {
    guard shape.columns > 0 else { return }
    var logits = StridedMatrix<E>(shape, salt: 1)
    logits = logits.mapped { 20 * logits[$0, $1] + offset }
    let targets = (0..<shape.rows).map { Int32($0 * 7 % shape.columns) }
    var losses = [Double](repeating: -1, count: shape.rows)
    var result = logits
    tf_softmax_cross_entropy(
      E.kernelElement, result.rows, result.columns, &result.storage, result.stride, targets, &losses)
    #expect(result.isIntact)
    for row in 0..<shape.rows {
      let values = (0..<shape.columns).map { Double(logits[row, $0]) }
      let maximum = values.max() ?? 0
      let total = values.reduce(0) { $0 + exp($1 - maximum) }
      let target = Int(targets[row])
      let loss = log(total) - (values[target] - maximum)
      // Each exponential is within 2 ulp.
      #expect(abs(losses[row] - loss) <= 2 * Double(E.ulpOfOne) + 1e-14 * loss)
      let far = values.indices.filter { column in
        let probability = exp(values[column] - maximum) / total
        let expected = column == target ? probability - 1 : probability
        // The difference from the maximum rounds, and the exponential of it, and the sum with -1.
        let rounding = (4 + maximum - values[column]) * Double(E(probability).ulp)
        let tolerance = rounding + (column == target ? Double(E.ulpOfOne) / 2 : 0)
        // The double reference itself rounds as much.
        return !(abs(Double(result[row, column]) - expected) <= tolerance + 4 * probability.ulp)
      }
      #expect(far.isEmpty, "row \(row), columns \(far)")
    }
  }

  @Test func equalLogits() {
    var logits = [Float](repeating: 3, count: 8)
    var losses = [0.0, 0.0]
    tf_softmax_cross_entropy_f32(2, 4, &logits, 4, [1, 3], &losses)
    #expect(logits == [0.25, -0.75, 0.25, 0.25, 0.25, 0.25, 0.25, -0.75])
    #expect(losses.allSatisfy { abs($0 - log(4.0)) <= 2 * log(4.0).ulp })
  }

  @Test func aTargetThatIsNoColumnHasNoLoss() {
    for target in [Int32(-1), 2, .min, .max] {
      var logits = [0.0, 0.0]
      var losses = [0.0]
      tf_softmax_cross_entropy_f64(1, 2, &logits, 2, [target], &losses)
      #expect(losses[0].isNaN)
      #expect(logits == [0.5, 0.5])
    }
  }

  @Test func nothingFiniteIsMadeOfNaN() {
    for bad in [Float.nan, .infinity] {
      var logits = [0, bad, 1]
      var losses = [0.0]
      tf_softmax_cross_entropy_f32(1, 3, &logits, 3, [0], &losses)
      #expect(losses[0].isNaN && logits.allSatisfy(\.isNaN))
    }
    var logits: [Float] = [0, -.infinity, 0]
    var losses = [0.0]
    tf_softmax_cross_entropy_f32(1, 3, &logits, 3, [1], &losses)
    #expect(losses[0] == .infinity && logits == [0.5, -1, 0.5])
  }
}

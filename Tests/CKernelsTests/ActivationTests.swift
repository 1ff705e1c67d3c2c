import CKernels
import Foundation
import Testing

@Suite struct ActivationTests {
  static let activations = [
    TF_ACTIVATION_IDENTITY, TF_ACTIVATION_TANH, TF_ACTIVATION_SIGMOID, TF_ACTIVATION_LEAKY_RELU,
    TF_ACTIVATION_RELU,
  ]

  @Test(arguments: Shape.all) func sumsOfPartsAreActivated(_ shape: Shape) {
    combine(Float.self, shape)
    combine(Double.self, shape)
  }

  /// Every number of parts, with and without bias, into a matrix of its own and into each part.
  private func combine<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let bias = StridedMatrix<E>(Shape(rows: 1, columns: shape.columns, gap: 0), salt: 99)
    for activation in Self.activations {
      for count in 0...5 {
        let parts = (0..<count).map { StridedMatrix<E>(shape, salt: UInt64($0)) }
        for isBiased in [false, true] {
          let expected = StridedMatrix<E>(shape).mapped { row, column in
            var sum: E = count > 0 ? parts[0][row, column] : 0
            for part in parts.dropFirst() { sum += part[row, column] }
            return isBiased ? sum + bias[0, column] : sum
          }
          for target in Set([0, count / 2, count]) {
            let result = combined(parts, into: target, shape, bias: isBiased ? bias.storage : nil, activation)
            #expect(result.isIntact)
            #expect(wrong(result, expected, activation).isEmpty, "activation \(activation), \(count) parts")
          }
        }
      }
    }
  }

  /// y = f(parts + bias), where y is part `target`, or a new matrix when there is no such part.
  private func combined<E: KernelElement>(
    _ parts: [StridedMatrix<E>], into target: Int, _ shape: Shape, bias: [E]?, _ activation: Int32
  ) -> StridedMatrix<E> {
    let matrices = parts + [StridedMatrix<E>(shape)]
    let size = matrices[0].storage.count
    let stride = matrices[0].stride
    var storage = matrices.flatMap(\.storage)
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let addresses = parts.indices.map { UnsafeRawPointer?(UnsafeRawPointer(base + $0 * size)) }
      let strides = parts.map { _ in stride }
      tf_combine(
        E.kernelElement, shape.rows, shape.columns, addresses, strides, parts.count, bias, activation,
        base + target * size, stride)
    }
    var result = matrices[target]
    result.storage = Array(storage[target * size..<(target + 1) * size])
    return result
  }

  private static func value<E: KernelElement>(_ x: E, _ activation: Int32) -> Double {
    switch activation {
    case TF_ACTIVATION_TANH: tanh(Double(x))
    case TF_ACTIVATION_SIGMOID: 1 / (1 + exp(-Double(x)))
    case TF_ACTIVATION_LEAKY_RELU: x > 0 ? Double(x) : Double(E(0.01) * x)
    case TF_ACTIVATION_RELU: max(0, Double(x))
    default: Double(x)
    }
  }

  /// The places where a result is not f(x), with both values.
  private func wrong<E: KernelElement>(
    _ result: StridedMatrix<E>, _ x: StridedMatrix<E>, _ activation: Int32
  ) -> [String] {
    let isExact = activation != TF_ACTIVATION_TANH && activation != TF_ACTIVATION_SIGMOID
    var places: [String] = []
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let (value, expected) = (Double(result[row, column]), Self.value(x[row, column], activation))
        // The reference is itself within 2 ulp of double.
        let tolerance = isExact ? 0 : 5 * Double(E(expected).ulp)
        if !(abs(value - expected) <= tolerance) { places.append("[\(row), \(column)]: \(value), not \(expected)") }
      }
    }
    return places
  }

  @Test(arguments: Shape.all, [Int32(0), 1]) func derivatives(_ shape: Shape, _ accumulate: Int32) {
    derivatives(Float.self, shape, accumulate)
    derivatives(Double.self, shape, accumulate)
  }

  private func derivatives<E: KernelElement>(_: E.Type, _ shape: Shape, _ accumulate: Int32) {
    let (y, dy, ty) = (
      StridedMatrix<E>(shape, salt: 1), StridedMatrix<E>(shape, salt: 2), StridedMatrix<E>(shape, salt: 3)
    )
    let (tdy, start) = (StridedMatrix<E>(shape, salt: 4), StridedMatrix<E>(shape, salt: 5))
    for activation in Self.activations {
      func slope(_ y: E) -> E {
        switch activation {
        case TF_ACTIVATION_TANH: (1 - y) * (1 + y)
        case TF_ACTIVATION_SIGMOID: (1 - y) * y
        case TF_ACTIVATION_LEAKY_RELU: y > 0 ? 1 : E(0.01)
        case TF_ACTIVATION_RELU: y > 0 ? 1 : 0
        default: 1
        }
      }
      func expected(_ value: (Int, Int) -> E) -> [E] {
        start.mapped { accumulate == 0 ? value($0, $1) : start[$0, $1] + value($0, $1) }.storage
      }
      var dx = start
      tf_activation_pullback(
        E.kernelElement, y.rows, y.columns, activation, y.storage, y.stride, dy.storage, dy.stride, &dx.storage,
        dx.stride, accumulate)
      #expect(dx.storage == expected { slope(y[$0, $1]) * dy[$0, $1] })

      var out = start
      tf_activation_pushforward(
        E.kernelElement, y.rows, y.columns, activation, y.storage, y.stride, dy.storage, dy.stride, &out.storage,
        out.stride)
      #expect(out.storage == start.mapped { slope(y[$0, $1]) * dy[$0, $1] }.storage)

      var tdx = start
      tf_activation_pullback_tangent(
        E.kernelElement, y.rows, y.columns, activation, y.storage, y.stride, ty.storage, ty.stride, dy.storage,
        dy.stride, tdy.storage,
        tdy.stride, &tdx.storage, tdx.stride, accumulate)
      #expect(
        tdx.storage
          == expected {
            let (y, product) = (y[$0, $1], ty[$0, $1] * dy[$0, $1])
            let first = slope(y) * tdy[$0, $1]
            switch activation {
            case TF_ACTIVATION_TANH: return first - 2 * y * product
            case TF_ACTIVATION_SIGMOID: return first + (1 - 2 * y) * product
            default: return first
            }
          })
    }
  }
}

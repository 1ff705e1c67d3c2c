import CKernels
import Testing

@Suite struct SignTests {
  @Test(arguments: Shape.all, [0, 2]) func bitsAreSigns(_ shape: Shape, _ spareWords: Int) {
    bitsAreSigns(Float.self, shape, spareWords)
    bitsAreSigns(Double.self, shape, spareWords)
  }

  private func bitsAreSigns<E: KernelElement>(_: E.Type, _ shape: Shape, _ spareWords: Int) {
    var x = StridedMatrix<E>(shape, salt: 1)
    let special: [E] = [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude]
    for column in 0..<shape.columns where shape.rows > 0 && column % 5 == 0 {
      x[0, column] = special[column / 5 % special.count]
    }
    let words = (shape.columns + 63) / 64 + spareWords
    var bits = [UInt64](repeating: .max, count: shape.rows * words)
    tf_sign_bits(E.kernelElement, x.rows, x.columns, x.storage, x.stride, &bits, words)
    var expected = [UInt64](repeating: 0, count: shape.rows * words)
    for row in 0..<shape.rows {
      for column in 0..<shape.columns where x[row, column] > 0 {
        expected[row * words + column / 64] |= 1 << UInt64(column % 64)
      }
    }
    #expect(bits == expected)
  }

  /// K += X Xᵀ + (1 − X)(1 − X)ᵀ for the matrix X of signs.
  @Test(arguments: Shape.all) func agreementCountsEqualSigns(_ shape: Shape) {
    let x = StridedMatrix<Float>(shape, salt: 7)
    let words = (shape.columns + 63) / 64
    var bits = [UInt64](repeating: 0, count: shape.rows * words)
    tf_sign_bits_f32(x.rows, x.columns, x.storage, x.stride, &bits, words)
    let start = (0..<shape.rows * shape.rows).map { Int64($0) }
    var kernel = start
    tf_agreement_add(shape.rows, words, shape.columns, bits, &kernel)
    var expected = start
    for first in 0..<shape.rows {
      for second in 0..<shape.rows {
        let equal = (0..<shape.columns).count { (x[first, $0] > 0) == (x[second, $0] > 0) }
        expected[first * shape.rows + second] += Int64(equal)
      }
    }
    #expect(kernel == expected)
  }
}

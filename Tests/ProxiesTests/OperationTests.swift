import Testing

@testable import Proxies

/// Properties of operations, on tensors of several shapes and sizes.
@Suite struct OperationTests {
  private static let shapes: [[Int]] = [[], [1], [7], [3, 5], [1, 6], [4, 1], [2, 3, 4], [130, 9]]

  private func tensors() -> [ProxyTensor] {
    var sample = SampleMatrices(seed: 11)
    return Self.shapes.map { sample.tensor($0, scale: 3) }
  }

  private func close(_ left: ProxyTensor, _ right: ProxyTensor, _ tolerance: Double = 1e-12) -> Bool {
    left.shape == right.shape
      && zip(left.values, right.values).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func shapesAreKeptOrReduced() {
    for tensor in tensors() {
      for operation in UnaryOperation.allCases {
        #expect(operation.applied(to: tensor).shape == (operation.givesNumber ? [] : tensor.shape))
        let mean = operation.applied(to: tensor).mean
        #expect(operation.mean(of: tensor).bitPattern == mean.bitPattern || mean.isNaN, "\(operation)")
      }
    }
  }

  @Test func identities() {
    for tensor in tensors() {
      func made(_ operations: UnaryOperation...) -> ProxyTensor { operations.reduce(tensor) { $1.applied(to: $0) } }
      #expect(close(made(.negate, .negate), tensor))
      #expect(close(made(.square, .sqrt), made(.abs)))
      #expect(close(made(.exp, .abslog), tensor))
      #expect(close(made(.logsoftmax, .exp), made(.softmax)))
      #expect(close(made(.frobenius, .square), made(.square, .sum)))
      #expect(close(made(.negate, .max, .negate), made(.min)))
      #expect(close(made(.softmax, .sum), ProxyTensor(Double(tensor.values.count / (tensor.shape.first ?? 1)))))
      #expect(close(made(.zNormalise, .mean), ProxyTensor(0)))
      if tensor.values.count > 1 { #expect(close(made(.zNormalise, .std), ProxyTensor(1))) }
      #expect(made(.minmax, .min).values == [0] && made(.minmax, .max).values[0] <= 1)
      #expect(made(.sigmoid).values.allSatisfy { $0 > 0 && $0 < 1 })
    }
  }

  /// Softmax does not change when a number is added to a column, sigmoid σ(−a) = 1 − σ(a), far from overflow.
  @Test func largeEntriesDoNotOverflow() throws {
    let tensor = try ProxyTensor(shape: [2, 2], values: [1000, -1000, 1001, -999])
    let shifted = try ProxyTensor(shape: [2, 2], values: [0, 0, 1, 1])
    #expect(UnaryOperation.softmax.applied(to: tensor) == UnaryOperation.softmax.applied(to: shifted))
    #expect(UnaryOperation.logsoftmax.applied(to: tensor) == UnaryOperation.logsoftmax.applied(to: shifted))
    let sigmoid = UnaryOperation.sigmoid.applied(to: tensor).values
    #expect(sigmoid[0] == 1 && sigmoid[1] == 0)
  }

  /// What a canonical formula leaves out changes nothing.
  @Test func reducedChainsHaveTheSameMeans() {
    for tensor in tensors() where !tensor.isNumber {
      for inner in UnaryOperation.ofLPZero {
        for outer in UnaryOperation.ofLPZero {
          let full = outer.mean(of: inner.applied(to: tensor))
          let chain = PairedProxy.Side.reduced([inner, outer])
          let short = chain.reduce(tensor) { $1.applied(to: $0) }.mean
          let isSame = full.isNaN ? short.isNaN : full == short || abs(full - short) <= 1e-12 * max(1, abs(full))
          #expect(isSame, "\(inner) \(outer): \(chain) \(full) \(short)")
        }
      }
    }
  }

  /// The means that features are made of, all at once, are those of the operations.
  @Test func sharedSumsAreTheMeans() throws {
    var sample = SampleMatrices(seed: 12)
    let large = try [
      ProxyTensor(shape: [2, 2], values: [1000, -1000, 1, 0]),
      ProxyTensor(shape: [3], values: [1, .infinity, -.infinity]),
      ProxyTensor(shape: [4], values: [2, 2, 2, 2]), sample.tensor([50, 30], scale: 0.02),
    ]
    for tensor in tensors() + large {
      for inner in UnaryOperation.ofLPZero {
        let made = inner.applied(to: tensor)
        for (outer, mean) in zip(UnaryOperation.ofLPZero, OperationMeans.of(made)) {
          let expected = outer.mean(of: made)
          // A z-normalised tensor with an infinite mean is 0 in both.
          let isSame = mean == expected || !mean.isFinite && !expected.isFinite
          #expect(isSame || abs(mean - expected) <= 1e-12 * max(1, abs(expected)), "\(inner) \(outer) \(tensor.shape)")
        }
      }
    }
  }

  /// Sums in pairs are exact for whole numbers, and close to sums in order otherwise.
  @Test(arguments: [0, 1, 127, 128, 129, 1000, 4096, 100_001]) func orderedSums(_ count: Int) {
    let whole = (0..<count).map { Double($0 % 1000) }
    #expect(OrderedSum.of(whole) == whole.reduce(0, +))
    #expect(abs(OrderedSum.of(whole) { $0 / 3 } - whole.reduce(0, +) / 3) <= 1e-8)
  }
}

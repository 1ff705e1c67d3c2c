import CKernels
import Foundation
import Testing

#if arch(x86_64)
  /// What elementary functions are held against: 64 bits of significand.
  private typealias Wide = Float80
#else
  private typealias Wide = Double
#endif

/// tanh, sigmoid and log1p against the C library's in extended precision.
@Suite struct AccuracyTests {
  private func activated<E: KernelElement>(_ x: [E], _ activation: Int32) -> [E] {
    var y = [E](repeating: 0, count: x.count)
    x.withUnsafeBufferPointer { x in
      tf_combine(
        E.kernelElement, 1, x.count, [UnsafeRawPointer(x.baseAddress)], [x.count], 1, nil, activation, &y, x.count)
    }
    return y
  }

  private func worst<E: KernelElement>(_ x: [E], _ activation: Int32, _ function: (Wide) -> Wide) -> (Double, E) {
    let y = activated(x, activation)
    var worst = (0.0, E(0))
    for index in x.indices {
      let expected = function(Wide(x[index]))
      let error = Double(abs(Wide(y[index]) - expected) / Wide(E(expected).ulp))
      if !(error <= worst.0) { worst = (error, x[index]) }
    }
    return worst
  }

  private func expectAccurate<E: KernelElement>(_ x: [E], bound: Double) {
    let hyperbolic = worst(x, TF_ACTIVATION_TANH) { tanh($0) }
    #expect(hyperbolic.0 <= bound, "tanh(\(hyperbolic.1)): \(hyperbolic.0) ulp")
    let logistic = worst(x, TF_ACTIVATION_SIGMOID) { 1 / (1 + exp(-$0)) }
    #expect(logistic.0 <= bound, "sigmoid(\(logistic.1)): \(logistic.0) ulp")
  }

  @Test func floatIsWithinTwoAndAHalfUlp() {
    // Every 9,973rd bit pattern up to 128, of both signs in turn.
    let x = Swift.stride(from: 0, to: Float(128).bitPattern, by: 9973).map { pattern in
      Float(bitPattern: pattern) * (pattern.isMultiple(of: 2) ? 1 : -1)
    }
    expectAccurate(x, bound: 2.5)
  }

  @Test func doubleIsWithinThreeUlp() {
    let patterns = Swift.stride(from: 0, to: Double(800).bitPattern, by: 40_000_000_000_037)
    expectAccurate(patterns.map { Double(bitPattern: $0) * ($0.isMultiple(of: 2) ? 1 : -1) }, bound: 3)
    expectAccurate((0..<60_000).map { Double($0 - 30_000) * 0.000_731 }, bound: 3)
  }

  @Test func extremes() {
    extremes(Float.self)
    extremes(Double.self)
  }

  private func extremes<E: KernelElement>(_: E.Type) {
    let x: [E] = [.infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, -0.0, .nan, 0]
    let hyperbolic = activated(x, TF_ACTIVATION_TANH)
    #expect(Array(hyperbolic[..<5]) == [1, -1, 1, -1, 0])
    #expect(hyperbolic[4].sign == .minus && hyperbolic[5].isNaN && hyperbolic[6].sign == .plus)
    let logistic = activated(x, TF_ACTIVATION_SIGMOID)
    #expect(Array(logistic[..<5]) == [1, 0, 1, 0, 0.5])
    #expect(logistic[5].isNaN)
    let small: [E] = [.leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude]
    #expect(activated(small, TF_ACTIVATION_TANH) == small)
    let leaky = activated(x, TF_ACTIVATION_LEAKY_RELU)
    #expect(leaky[1] == -.infinity && leaky[4].sign == .minus && leaky[5].isNaN)
  }

  /// The result of an element does not depend on where in a row it stands, in a vector or in the rest.
  @Test(arguments: [TF_ACTIVATION_TANH, TF_ACTIVATION_SIGMOID]) func placeDoesNotMatter(_ activation: Int32) {
    for x in [Float(0.3), -1.7, 5, -88.5] {
      for count in [1, 2, 7, 8, 15, 16, 31, 1025] {
        #expect(Set(activated([Float](repeating: x, count: count), activation)).count == 1)
        #expect(Set(activated([Double](repeating: Double(x), count: count), activation)).count == 1)
        #expect(activated([Float](repeating: x, count: count), activation)[0] == activated([x], activation)[0])
      }
    }
  }

  @Test func logarithmIsWithinTwoUlp() {
    for pattern in Swift.stride(from: 0, to: Double.infinity.bitPattern, by: 900_000_000_000_037) {
      let x = Double(bitPattern: pattern)
      let value = tf_abs_log_product_sum_f64(1, 1, [-1], 1, [-x], 1)
      let expected = log1p(Wide(x))
      #expect(abs(Wide(value) - expected) <= 2 * Wide(Double(expected).ulp), "log1p(\(x))")
    }
    #expect(tf_abs_log_product_sum_f64(1, 1, [1], 1, [-.infinity], 1) == .infinity)
    #expect(tf_abs_log_product_sum_f64(1, 1, [1], 1, [.nan], 1).isNaN)
  }

  /// Every variant of a kernel gives these bits, whichever the processor picks.
  @Test func bitsAreTheSameOnEveryProcessor() {
    let x = (0..<20_000).map { Float($0 - 10_000) * 0.0113 }
    #expect(digest(activated(x, TF_ACTIVATION_TANH).map { UInt64($0.bitPattern) }) == 0xee1b_68b1_2f1c_6a4d)
    #expect(digest(activated(x, TF_ACTIVATION_SIGMOID).map { UInt64($0.bitPattern) }) == 0x02fc_d454_39dc_78b8)
    let wide = x.map { Double($0) * 1.7 }
    #expect(digest(activated(wide, TF_ACTIVATION_TANH).map(\.bitPattern)) == 0xdd53_74ca_539c_6f45)
    #expect(digest(activated(wide, TF_ACTIVATION_SIGMOID).map(\.bitPattern)) == 0xdf6c_292a_51c6_a927)
    #expect(tf_abs_log_product_sum_f64(100, 200, wide, 200, wide, 200).bitPattern == 0x4161_7895_2a56_39d8)
  }

  /// FNV-1a over words.
  private func digest(_ words: [UInt64]) -> UInt64 {
    words.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01b3 }
  }
}

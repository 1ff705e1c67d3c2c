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

  private func gelu<E: KernelElement>(_ x: [E], _ form: Int32, order: Int32 = 0) -> [E] {
    var y = [E](repeating: 0, count: x.count)
    tf_gelu(E.kernelElement, 1, x.count, form, order, x, x.count, &y, x.count)
    return y
  }

  /// The function and its derivatives in extended precision.
  private static func gelu(_ x: Wide, _ form: Int32) -> [Wide] {
    let a = abs(x)
    let (tail, fall, second): (Wide, Wide, Wide)
    if form == TF_GELU_EXACT {
      tail = erfc(a / Wide(2).squareRoot()) / 2
      fall = exp(-a * a / 2) / (2 * Wide.pi).squareRoot()
      second = -a * fall
    } else {
      let scale = 2 * (2 / Wide.pi).squareRoot()
      let cubic: Wide = 0.044715
      let power = exp(-scale * (a + cubic * a * a * a))
      let slope = scale * (1 + 3 * cubic * a * a)
      tail = power / (1 + power)
      fall = power / ((1 + power) * (1 + power)) * slope
      second =
        power / ((1 + power) * (1 + power)) * (6 * scale * cubic * a) - fall * slope * (1 - power) / (1 + power)
    }
    let value = x < 0 ? -a * tail : a - a * tail
    return [value, x < 0 ? tail - a * fall : 1 - tail + a * fall, 2 * fall + a * second]
  }

  private func expectAccurateGELU<E: KernelElement>(_ x: [E], _ form: Int32, bounds: [Double]) {
    for (order, bound) in bounds.enumerated() {
      let y = gelu(x, form, order: Int32(order))
      var worst = (0.0, E(0))
      for index in x.indices {
        let expected = Self.gelu(Wide(x[index]), form)[order]
        // Derivatives cross zero: their errors are counted in units of numbers of 1/4 at least; and the far tail is lost.
        let unit = order > 0 ? max(abs(expected), 0.25) : max(abs(expected), Wide(64 * E.leastNormalMagnitude))
        let error = Double(abs(Wide(y[index]) - expected) / Wide(E(unit).ulp))
        if !(error <= worst.0) { worst = (error, x[index]) }
      }
      #expect(worst.0 <= bound, "form \(form), order \(order), at \(worst.1): \(worst.0) ulp")
    }
  }

  @Test func gaussianErrorUnit() {
    let x = (0..<60_000).map { Double($0 - 30_000) * 0.001_3 }
    let near = Swift.stride(from: 0, to: Double(1).bitPattern, by: 90_000_000_000_037).map { Double(bitPattern: $0) }
    expectAccurateGELU(x + near + near.map { -$0 }, TF_GELU_EXACT, bounds: [6, 6, 4])
    expectAccurateGELU((x + near).map { Float($0) }, TF_GELU_EXACT, bounds: [6, 6, 4])
    // The exponent of the tail is rounded, and as large as 100.
    let moderate = x.filter { abs($0) < 8 }
    expectAccurateGELU(moderate + near, TF_GELU_TANH, bounds: [120, 6, 8])
    expectAccurateGELU((moderate + near).map { Float($0) }, TF_GELU_TANH, bounds: [120, 6, 8])
  }

  @Test func extremesOfTheGaussianErrorUnit() {
    extremesOfTheGaussianErrorUnit(Float.self)
    extremesOfTheGaussianErrorUnit(Double.self)
  }

  private func extremesOfTheGaussianErrorUnit<E: KernelElement>(_: E.Type) {
    let x: [E] = [.infinity, .greatestFiniteMagnitude, 50, -50, -.greatestFiniteMagnitude, -.infinity, 0]
    for form in [TF_GELU_EXACT, TF_GELU_TANH] {
      #expect(gelu(x, form) == [.infinity, .greatestFiniteMagnitude, 50, 0, 0, 0, 0])
      #expect(gelu(x, form, order: 1) == [1, 1, 1, 0, 0, 0, 0.5])
      #expect(Array(gelu(x, form, order: 2)[..<6]) == [0, 0, 0, 0, 0, 0])
      for order in Int32(0)..<3 { #expect(gelu([E.nan], form, order: order)[0].isNaN) }
      // In a vector or in the rest of a row.
      for x in [E(-1.7), 0.3, 11] {
        for count in [2, 15, 16, 33] {
          #expect(Set(gelu([E](repeating: x, count: count), form)) == Set(gelu([x], form)))
        }
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

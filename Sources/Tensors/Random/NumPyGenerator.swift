import CKernels
import ElementaryFunctions

/// The random numbers of NumPy's legacy `RandomState(seed)`: MT19937, 53-bit uniform numbers, the polar method.
///
/// NumPy keeps this stream fixed (NEP 19). All numbers have the same bits everywhere. Uniform ones are NumPy's bits; normal
/// ones of mean 0 and deviation 1 are within 2 ulp of NumPy's, whose own last bits depend on the C library's logarithm. A copy
/// continues from the same state, independently.
package struct NumPyGenerator: Sendable {
  private var engine = tf_mt19937()
  /// The first of two values that the polar method made, handed out second.
  private var cachedNormal: Double?

  /// The number of 32-bit draws so far.
  package private(set) var position = 0

  /// The generator `numpy.random.RandomState(seed)`. NumPy takes no other seeds than these, either.
  package init(seed: UInt32) {
    tf_mt_seed(&engine, seed)
  }

  /// The next number of `random_sample()`: a multiple of 2⁻⁵³ in [0, 1), from the upper 27 and 26 bits of two draws.
  package mutating func uniform() -> Double {
    var draws: (UInt32, UInt32) = (0, 0)
    withUnsafeMutableBytes(of: &draws) { bytes in
      let words = bytes.bindMemory(to: UInt32.self)
      if let base = words.baseAddress { tf_mt_fill_u32(&engine, words.count, base) }
    }
    position += 2
    return Self.uniform(draws.0, draws.1)
  }

  /// The next number of `normal()`, of mean 0 and deviation 1.
  package mutating func normal() -> Double {
    var value = 0.0
    withUnsafeMutablePointer(to: &value) { fillNormal(UnsafeMutableBufferPointer(start: $0, count: 1)) }
    return value
  }

  /// `count` numbers of `normal(mean, deviation, size=count)`.
  ///
  /// - Precondition: `count` is not negative.
  package mutating func normal(count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillNormal(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), mean: mean, deviation: deviation)
      initialized = count
    }
  }

  /// Fills a buffer as `normal(mean, deviation, size=values.count)` does: mean + deviation · g.
  ///
  /// Polar method of Marsaglia and Bray (1964): x₁ and x₂ uniform in [−1, 1) until 0 < r² = x₁² + x₂² < 1; then
  /// g = x₂ √(−2 ln r² / r²), and the same with x₁ is the next one, also over calls.
  package mutating func fillNormal(
    _ values: UnsafeMutableBufferPointer<Double>, mean: Double = 0, deviation: Double = 1
  ) {
    var filled = 0
    if let cached = cachedNormal, !values.isEmpty {
      values[0] = mean + deviation * cached
      cachedNormal = nil
      filled = 1
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * 512) { draws in
      guard let base = draws.baseAddress else { return }
      while filled < values.count {
        // As many pairs of numbers as the rest needs at the least: none is drawn that NumPy would not draw.
        let pairs = min((values.count - filled + 1) / 2, 512)
        tf_mt_fill_u32(&engine, 4 * pairs, base)
        position += 4 * pairs
        for pair in 0..<pairs {
          let x1 = 2 * Self.uniform(draws[4 * pair], draws[4 * pair + 1]) - 1
          let x2 = 2 * Self.uniform(draws[4 * pair + 2], draws[4 * pair + 3]) - 1
          let square = x1 * x1 + x2 * x2
          if square >= 1 || square == 0 { continue }
          let factor = (-2 * Elementary.log(square) / square).squareRoot()
          values[filled] = mean + deviation * (factor * x2)
          filled += 1
          if filled < values.count {
            values[filled] = mean + deviation * (factor * x1)
            filled += 1
          } else {
            cachedNormal = factor * x1
          }
        }
      }
    }
  }

  private static func uniform(_ first: UInt32, _ second: UInt32) -> Double {
    (Double(first >> 5) * 0x1p26 + Double(second >> 6)) * 0x1p-53
  }
}

/// xoshiro256** (Blackman & Vigna 2018), its state filled by SplitMix64 from a seed and a stream number, so that every
/// resample has numbers of its own whoever computes it.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts a stream of a seed: SplitMix64 from the exclusive or of the mixed seed and the mixed complement of the stream.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = Self.mixed(seed) ^ Self.mixed(~stream)
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      return Self.mixed(mixer)
    }
    state = (next(), next(), next(), next())
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A whole number from 0 to `bound` − 1: the high half of a 64-bit product, biased by less than bound/2⁶⁴.
  ///
  /// - Precondition: `bound` is positive.
  package mutating func next(below bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}

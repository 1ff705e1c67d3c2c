/// A linear congruential generator of 64 bits, for weights and cotangents that any implementation can draw again from a line
/// of documentation: s ← 6364136223846793005·s + 1442695040888963407 mod 2⁶⁴, advanced before use; a number is
/// u = (s div 2¹¹)·2⁻⁵³, 0 ≤ u < 1.
///
/// The multiplier and the increment are Knuth's (MMIX).
package struct DocumentedGenerator: Sendable {
  private var state: UInt64

  /// Starts at s₀.
  package init(seed: UInt64) { state = seed }

  /// The next number, 0 ≤ u < 1.
  package mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  /// Fills a matrix in row-major order with scale·(2u − 1), rounded once.
  package mutating func fill<Element: TensorElement>(_ tensor: Tensor<Element>, scale: Double) {
    for row in 0..<tensor.rows {
      let start = tensor.pointer + row * tensor.stride
      for column in 0..<tensor.columns { start[column] = Element(scale * (2 * next() - 1)) }
    }
  }
}

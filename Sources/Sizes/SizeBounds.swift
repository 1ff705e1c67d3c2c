/// Bounds of sizes together: what is fine by itself can ask for too much memory. They leave room for the published sizes
/// several times over.
package enum SizeBounds {
  /// The products that are over their bounds, each in words, such as `vocabulary × embedding is 1000000 × 4096, over
  /// 268435456`; empty when the sizes are fine together.
  package static func problems(
    vocabulary: Int, embedding: Int, hidden: Int, layers: Int, steps: Int, columns: Int
  ) -> [String] {
    let products: [(words: String, factors: [Int], bound: Int)] = [
      ("vocabulary × embedding", [vocabulary, embedding], 1 << 28),
      ("steps × columns", [steps, columns], MeasurementSizes.batchTokens),
      ("hidden × hidden × layers", [hidden, hidden, layers], 1 << 25),
      ("steps × columns × vocabulary", [steps, columns, vocabulary], 1 << 29),
      ("steps × columns × hidden × layers", [steps, columns, hidden, layers], 1 << 26),
      ("steps × columns × embedding", [steps, columns, embedding], 1 << 26),
    ]
    return products.compactMap { words, factors, bound in
      guard factors.reduce(1.0, { $0 * Double($1) }) > Double(bound) else { return nil }
      return "\(words) is \(factors.map(String.init).joined(separator: " × ")), over \(bound)"
    }
  }
}

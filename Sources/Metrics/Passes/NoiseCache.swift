import Tensors

/// Standard normal noise as NumPy's legacy generator draws it, kept for the next architecture.
final class NoiseCache {
  private var seed: UInt32?
  private var values: [Double] = []

  /// `RandomState(seed).normal(size:)` in row-major order.
  func normal(seed: UInt32, count: Int) -> [Double] {
    if seed != self.seed || values.count != count {
      var generator = NumPyGenerator(seed: seed)
      values = generator.normal(count: count)
      self.seed = seed
    }
    return values
  }
}

extension TorchGenerator {
  /// Fills a contiguous matrix in row-major order with draws from U(lower, upper).
  ///
  /// - Precondition: The matrix is contiguous.
  package mutating func fill(_ tensor: Tensor<Float>, from lower: Float, to upper: Float) {
    precondition(tensor.isContiguous, "draws fill memory without gaps")
    fillUniform(UnsafeMutableBufferPointer(start: tensor.pointer, count: tensor.count), from: lower, to: upper)
  }
}

/// A function applied to every element; the raw values are those of the C kernels.
package enum Activation: Int32, Sendable, Hashable, CaseIterable {
  /// x.
  case identity = 0
  /// tanh x.
  case tanh = 1
  /// 1 / (1 + e⁻ˣ).
  case sigmoid = 2
  /// x, or 0.01·x where x is negative. The derivative at 0 is 0.01, as PyTorch has it.
  case leakyReLU = 3
}

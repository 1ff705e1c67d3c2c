/// An operation of a recurrent cell, named as in NAS-Bench-NLP (Klyuchnikov et al. 2022). All but `linear` work unit by
/// unit on vectors of the hidden size.
package enum RecipeOperation: String, Sendable, Hashable, CaseIterable {
  /// Σ Wₖ·inputₖ + b: one weight matrix for each input, one bias.
  case linear
  /// The product of all inputs.
  case elementwiseProduct = "elementwise_prod"
  /// The sum of all inputs.
  case elementwiseSum = "elementwise_sum"
  /// z·a + (1 − z)·b of the inputs z, a, b.
  case blend
  /// Hyperbolic tangent.
  case tanh = "activation_tanh"
  /// Logistic sigmoid.
  case sigmoid = "activation_sigm"
  /// Leaky rectifier: v for v > 0, otherwise 0.01·v.
  case leakyReLU = "activation_leaky_relu"

  /// True for hyperbolic tangent, sigmoid and leaky rectifier.
  package var isActivation: Bool { self == .tanh || self == .sigmoid || self == .leakyReLU }

  /// True for the product and the sum of all inputs.
  package var isElementwise: Bool { self == .elementwiseProduct || self == .elementwiseSum }

  /// True when the order of the inputs leaves the function as it is. The matrices of a linear are drawn and skipped by
  /// position, so that its order counts for initial weights all the same.
  package var isCommutative: Bool { self == .linear || isElementwise }

  /// The numbers of inputs with which it can be evaluated; the rules of the published search space are narrower.
  package var fanIn: ClosedRange<Int> {
    switch self {
    case .linear: 1...Recipe.inputLimit
    case .elementwiseProduct, .elementwiseSum: 2...Recipe.inputLimit
    case .blend: 3...3
    case .tanh, .sigmoid, .leakyReLU: 1...1
    }
  }

  /// A short name for drawings and features: `linear`, `product`, `sum`, `blend`, `tanh`, `sigmoid`, `leaky-relu`.
  package var shortName: String {
    switch self {
    case .linear: "linear"
    case .elementwiseProduct: "product"
    case .elementwiseSum: "sum"
    case .blend: "blend"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .leakyReLU: "leaky-relu"
    }
  }
}

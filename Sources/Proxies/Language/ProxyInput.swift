/// What a proxy reads of a network: a list of matrices, each of a module of a layer.
package enum ProxyInput: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The weight matrices of linear modules, as the network stores them: [out, in] for a Linear, [in, out] for a Conv1D.
  case weight
  /// The gradients of the loss with respect to these matrices, in the same order and shapes.
  case gradient
  /// The outputs of activation functions, [batch, tokens, width].
  case activation
  /// What attention heads read: the output of the query module, of a linear transform its input module; [batch, tokens, width].
  case head
  /// Attention probabilities, [batch, heads, tokens, tokens].
  case softmax

  /// Inputs of one family come from the same modules, so that their matrices go together one by one.
  enum Family: Hashable {
    case parameters, activations, heads, probabilities
  }

  var family: Family {
    switch self {
    case .weight, .gradient: .parameters
    case .activation: .activations
    case .head: .heads
    case .softmax: .probabilities
    }
  }

  /// True for what hooks on a forward pass collect.
  var isOfForwardPass: Bool { family != .parameters }

  /// What it is, in a line of the documentation.
  package var meaning: String {
    switch self {
    case .weight: "weight matrices of linear modules, as stored"
    case .gradient: "gradients of the loss with respect to these, in the same order"
    case .activation: "outputs of activation functions"
    case .head: "outputs of query modules; of a linear transform, of its input module"
    case .softmax: "attention probabilities"
    }
  }

  /// In the order of declaration.
  package static func < (left: ProxyInput, right: ProxyInput) -> Bool { left.order < right.order }

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

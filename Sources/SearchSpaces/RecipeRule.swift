/// A rule that a recipe may break and still be evaluated. The published space (NAS-Bench-NLP) obeys them by
/// construction, or nearly so.
package enum RecipeRule: String, Sendable, Hashable, CaseIterable {
  /// Every node leads to a hidden state.
  case unusedNode = "unused-node"
  /// Some node that leads to a hidden state reads x.
  case unusedInput = "unused-input"
  /// Every hidden state is read as `h_prev_i`.
  case unreadState = "unread-state"
  /// No `h_new_i` reads an `h_prev_j` itself.
  case directState = "direct-state"
  /// Every linear is read by an activation.
  case linearWithoutActivation = "linear-without-activation"
  /// A linear has 2 or 3 inputs.
  case linearFanIn = "linear-fan-in"
  /// A linear reads x, hidden states and activations, nothing else.
  case linearInput = "linear-input"
  /// A product or a sum has 2 inputs.
  case elementwiseFanIn = "elementwise-fan-in"
  /// An activation reads a linear.
  case activationInput = "activation-input"
  /// The inputs of a node differ.
  case repeatedInput = "repeated-input"
  /// At most 24 nodes and 3 hidden states.
  case size = "recipe-size"
  /// A node has the keys `op` and `input`, no others.
  case unknownKey = "unknown-key"

  /// The rule in one sentence.
  package var summary: String {
    switch self {
    case .unusedNode: "every node leads to a hidden state"
    case .unusedInput: "the input x is read"
    case .unreadState: "every hidden state is read"
    case .directState: "no hidden state goes straight into a new one"
    case .linearWithoutActivation: "every linear is read by an activation"
    case .linearFanIn: "a linear has 2 or 3 inputs"
    case .linearInput: "a linear reads x, hidden states and activations only"
    case .elementwiseFanIn: "a product or a sum has 2 inputs"
    case .activationInput: "an activation reads a linear"
    case .repeatedInput: "the inputs of a node differ"
    case .size: "a recipe has at most \(RecipeRules.publishedNodes) nodes and \(RecipeRules.publishedStates) states"
    case .unknownKey: "a node has the keys op and input only"
    }
  }
}

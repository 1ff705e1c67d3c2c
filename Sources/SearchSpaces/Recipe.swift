import Diagnostics

/// A recurrent cell of the NAS-Bench-NLP space (Klyuchnikov et al. 2022): a directed acyclic graph of operations that
/// reads the input x and hidden states `h_prev_i`, and computes the next states `h_new_i`; state 0 is the output.
///
/// A recipe is always one that can be evaluated: names resolved, fan-ins right, without cycles, states numbered from 0.
/// Nodes keep the order they were listed in, because initial weights are drawn in that order.
package struct Recipe: Sendable, Hashable {
  /// The most nodes of a recipe.
  package static let nodeLimit = 512
  /// The most inputs of a node.
  package static let inputLimit = 64

  /// The nodes in the order listed.
  package let nodes: [RecipeNode]
  /// The number of hidden states, at least 1.
  package let hiddenCount: Int
  /// For each hidden state the index of the node that computes it.
  package let newStates: [Int]
  /// All nodes, each after those it reads; of those that could come next, the one listed first.
  package let evaluationOrder: [Int]
  /// The nodes with weights, in the order listed: the order their weights are drawn in.
  package let linearNodes: [Int]

  /// Creates a recipe from listed nodes.
  ///
  /// - Throws: `DiagnosticsError` with everything that is wrong; the findings have no places.
  package init(listing: [RecipeListing], rules: RecipeRules = .evaluable) throws(DiagnosticsError) {
    let nodes = listing.map { node in
      LocatedNode(
        name: node.name, nameLocation: nil, operation: node.operation,
        inputs: node.inputs.map { LocatedName(name: $0, location: nil) }, inputsLocation: nil, isComplete: true)
    }
    self = try RecipeValidator.reading(nodes, location: nil, problems: DiagnosticList(), rules: rules).recipe
  }

  /// Takes nodes that were checked, with an order of evaluation.
  init(checked nodes: [RecipeNode], evaluationOrder: [Int]) {
    self.nodes = nodes
    self.evaluationOrder = evaluationOrder
    let states = nodes.indices.compactMap { index in
      RecipeName.newState(nodes[index].name).map { (state: $0, node: index) }
    }
    newStates = states.sorted { $0.state < $1.state }.map(\.node)
    hiddenCount = states.count
    linearNodes = nodes.indices.filter { nodes[$0].operation == .linear }
  }

  /// The name of an input: `x`, `h_prev_i`, or the node's.
  package func name(of input: RecipeInput) -> String {
    switch input {
    case .x: "x"
    case .hidden(let state): "h_prev_\(state)"
    case .node(let index): nodes[index].name
    }
  }

  /// The nodes as they are listed, with names for inputs.
  package var listing: [RecipeListing] {
    nodes.map { node in
      RecipeListing(name: node.name, operation: node.operation, inputs: node.inputs.map { name(of: $0) })
    }
  }

  /// The nodes that no hidden state depends on, in the order listed. They have weights and parameters all the same.
  package var unusedNodes: [Int] {
    let used = RecipeGraph(nodes.map { $0.inputs }).reachable(from: newStates)
    return nodes.indices.filter { !used[$0] }
  }
}

/// A node of a recipe, its inputs resolved.
package struct RecipeNode: Sendable, Hashable {
  /// Its name; `h_new_i` for what becomes hidden state i.
  package let name: String
  /// The operation that it applies to its inputs.
  package let operation: RecipeOperation
  /// The inputs of the operation, in the order listed: of a blend z, a, b; of a linear the order of its matrices.
  package let inputs: [RecipeInput]
}

/// An input of a node, its name resolved.
package enum RecipeInput: Sendable, Hashable {
  /// The input of the step: the embedding, or the output of the layer below.
  case x
  /// Hidden state i of the step before, `h_prev_i`.
  case hidden(Int)
  /// The node of an index of `Recipe.nodes`.
  case node(Int)

  /// True for a hidden state of the step before.
  var isHidden: Bool { if case .hidden = self { true } else { false } }
}

/// A node as it is written: the inputs are names. The form to build a recipe from in code.
package struct RecipeListing: Sendable, Hashable {
  /// The name of the node.
  package var name: String
  /// The operation that it applies to its inputs.
  package var operation: RecipeOperation
  /// `x`, `h_prev_i`, or names of nodes.
  package var inputs: [String]

  /// Creates a listed node.
  package init(name: String, operation: RecipeOperation, inputs: [String]) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
  }
}

/// The names that stand for the input and for hidden states.
enum RecipeName {
  /// The state of `h_prev_i`; nil for other names, and for numbers with leading zeros or beyond a thousand.
  static func previousState(_ name: String) -> Int? { index(name, after: "h_prev_") }

  /// The state of `h_new_i`; nil as above. A name such as `h_new_1_part` is an ordinary one.
  static func newState(_ name: String) -> Int? { index(name, after: "h_new_") }

  /// True for a name that cannot be a node's: `x`, a previous state, or a state number that is not written plainly.
  static func isReserved(_ name: String) -> Bool {
    func isNumbered(_ prefix: String) -> Bool {
      let rest = name.utf8.dropFirst(prefix.utf8.count)
      return name.hasPrefix(prefix) && !rest.isEmpty && rest.allSatisfy { (48...57).contains($0) }
    }
    return name == "x" || isNumbered("h_prev_") || isNumbered("h_new_") && newState(name) == nil
  }

  private static func index(_ name: String, after prefix: String) -> Int? {
    guard name.hasPrefix(prefix), name.utf8.count <= prefix.utf8.count + 3,
      let index = Int(name.dropFirst(prefix.count)),
      name == "\(prefix)\(index)", index >= 0
    else { return nil }
    return index
  }
}

import Diagnostics
import Statistics

@testable import SearchSpaces

/// Cells of the literature, as NAS-Bench-NLP lists them.
enum KnownCell {
  static let plain =
    #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#
  static let lstm = """
    {"i": {"op": "linear", "input": ["x", "h_prev_0"]}, "i_act": {"op": "activation_tanh", "input": ["i"]}, \
    "j": {"op": "linear", "input": ["x", "h_prev_0"]}, "j_act": {"op": "activation_sigm", "input": ["j"]}, \
    "f": {"op": "linear", "input": ["x", "h_prev_0"]}, "f_act": {"op": "activation_sigm", "input": ["f"]}, \
    "o": {"op": "linear", "input": ["x", "h_prev_0"]}, "o_act": {"op": "activation_tanh", "input": ["o"]}, \
    "h_new_1_part1": {"op": "elementwise_prod", "input": ["f_act", "h_prev_1"]}, \
    "h_new_1_part2": {"op": "elementwise_prod", "input": ["i_act", "j_act"]}, \
    "h_new_1": {"op": "elementwise_sum", "input": ["h_new_1_part1", "h_new_1_part2"]}, \
    "h_new_1_act": {"op": "activation_tanh", "input": ["h_new_1"]}, \
    "h_new_0": {"op": "elementwise_prod", "input": ["h_new_1_act", "o_act"]}}
    """
  static let gru = """
    {"r": {"op": "linear", "input": ["x", "h_prev_0"]}, "r_act": {"op": "activation_sigm", "input": ["r"]}, \
    "z": {"op": "linear", "input": ["x", "h_prev_0"]}, "z_act": {"op": "activation_sigm", "input": ["z"]}, \
    "rh": {"op": "elementwise_prod", "input": ["r_act", "h_prev_0"]}, \
    "h_tilde": {"op": "linear", "input": ["x", "rh"]}, "h_tilde_act": {"op": "activation_tanh", "input": ["h_tilde"]}, \
    "h_new_0": {"op": "blend", "input": ["z_act", "h_prev_0", "h_tilde_act"]}}
    """
}

/// Recipes in short notation, one node a line: `name = op input input`.
func recipe(_ text: String, rules: RecipeRules = .evaluable) throws(DiagnosticsError) -> Recipe {
  try Recipe(listing: listing(text), rules: rules)
}

func listing(_ text: String) -> [RecipeListing] {
  let operations = Dictionary(uniqueKeysWithValues: RecipeOperation.allCases.map { ($0.shortName, $0) })
  return text.split(separator: "\n").map { line in
    let words = line.split(separator: " ").map(String.init)
    return RecipeListing(name: words[0], operation: operations[words[2]] ?? .linear, inputs: Array(words.dropFirst(3)))
  }
}

extension Recipe {
  /// The same cell with other names, another order of nodes and of commutative inputs, and other numbers for the states
  /// beyond 0.
  func scrambled(_ generator: inout SeededGenerator) -> [RecipeListing] {
    let states = [0] + generator.choose(hiddenCount, of: Array(1..<max(1, hiddenCount)))
    var names: [String: String] = ["x": "x"]
    for state in 0..<hiddenCount {
      names["h_prev_\(state)"] = "h_prev_\(states[state])"
      names[nodes[newStates[state]].name] = "h_new_\(states[state])"
    }
    for (index, name) in generator.choose(nodes.count, of: nodes.map(\.name)).enumerated() where names[name] == nil {
      names[name] = "n\(index)"
    }
    return generator.choose(nodes.count, of: listing).map { node in
      let inputs = node.inputs.map { names[$0] ?? $0 }
      return RecipeListing(
        name: names[node.name] ?? node.name, operation: node.operation,
        inputs: node.operation.isCommutative ? generator.choose(inputs.count, of: inputs) : inputs)
    }
  }
}

import Files

extension Recipe {
  /// The canonical form: the same for two recipes that differ by names, by the order of nodes, by the order of the
  /// inputs of linears, products and sums, and by the numbers of hidden states other than 0.
  ///
  /// Nodes are called `node_0`, `node_1`, … in an order of evaluation, but for `h_new_i`. The function of the cell is
  /// that of the recipe when the weights go with the nodes; weights drawn from a seed do not, since they are drawn in the
  /// order of the linears and their inputs. Nodes that nothing depends on are kept. Recipes with the same canonical form
  /// are always isomorphic. The converse holds unless hundreds of nodes are alike and yet no symmetry maps them onto one
  /// another: the search for the least form is bounded.
  package var canonical: Recipe { RecipeCanonicalizer(self).recipe }

  /// SHA-256 of the canonical form: 64 hexadecimal digits that name the cell up to isomorphism.
  package var structuralDigest: String { SHA256.hexDigest("recipe-structure-1\n" + canonical.json) }
}

/// Rewrites a recipe into a form that does not depend on names.
private struct RecipeCanonicalizer {
  private let source: Recipe
  /// Canonical places: x, the states, the nodes.
  private let places: [Int]

  init(_ source: Recipe) {
    self.source = source
    let firstNode = 1 + source.hiddenCount
    let operations = RecipeOperation.allCases
    let colors =
      [0] + (0..<source.hiddenCount).map { min(1, $0) + 1 }
      + source.nodes.map { 1000 + (operations.firstIndex(of: $0.operation) ?? 0) }
    var edges = source.newStates.enumerated().map {
      CanonicalLabelling.Edge(label: 0, from: 1 + $0.offset, to: firstNode + $0.element)
    }
    for (index, node) in source.nodes.enumerated() {
      for (position, input) in node.inputs.enumerated() {
        let vertex =
          switch input {
          case .x: 0
          case .hidden(let state): 1 + state
          case .node(let other): firstNode + other
          }
        edges.append(
          .init(label: node.operation.isCommutative ? 1 : 2 + position, from: firstNode + index, to: vertex))
      }
    }
    var labelling = CanonicalLabelling(colors: colors, edges: edges)
    places = labelling.places()
  }

  var recipe: Recipe {
    let firstNode = 1 + source.hiddenCount
    // Old state numbers and node indices in their new order.
    let states = (0..<source.hiddenCount).sorted { places[1 + $0] < places[1 + $1] }
    let byPlace = source.nodes.indices.sorted { places[firstNode + $0] < places[firstNode + $1] }
    let listed = evaluationOrder(byPlace)
    var newIndex = [Int](repeating: 0, count: listed.count)
    for (index, node) in listed.enumerated() { newIndex[node] = index }
    var newState = [Int](repeating: 0, count: states.count)
    for (index, state) in states.enumerated() { newState[state] = index }
    var names = listed.indices.map { "node_\($0)" }
    for (state, node) in source.newStates.enumerated() { names[newIndex[node]] = "h_new_\(newState[state])" }
    let nodes = listed.enumerated().map { index, old in
      let node = source.nodes[old]
      let inputs = node.inputs.map { input -> RecipeInput in
        switch input {
        case .x: .x
        case .hidden(let state): .hidden(newState[state])
        case .node(let other): .node(newIndex[other])
        }
      }
      return RecipeNode(
        name: names[index], operation: node.operation,
        inputs: node.operation.isCommutative ? inputs.sorted { rank($0) < rank($1) } : inputs)
    }
    return Recipe(checked: nodes, evaluationOrder: RecipeGraph(nodes.map(\.inputs)).order())
  }

  private func rank(_ input: RecipeInput) -> Int {
    switch input {
    case .x: 0
    case .hidden(let state): 1 + state
    case .node(let index): 1 + source.hiddenCount + index
    }
  }

  /// An order of evaluation that takes the first of a list where there is a choice.
  private func evaluationOrder(_ list: [Int]) -> [Int] {
    var position = [Int](repeating: 0, count: list.count)
    for (index, node) in list.enumerated() { position[node] = index }
    let inputs = list.map { node in
      source.nodes[node].inputs.map { input -> RecipeInput in
        if case .node(let other) = input { .node(position[other]) } else { input }
      }
    }
    return RecipeGraph(inputs).order().map { list[$0] }
  }
}

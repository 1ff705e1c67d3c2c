/// A cell as plain nodes and edges, for drawings.
package struct RecipeDrawing: Sendable, Hashable {
  /// A node of the drawing.
  package struct Node: Sendable, Hashable {
    /// `x`, `h_prev_i` or the name of a node.
    package let name: String
    /// The operation; nil for an input of the cell.
    package let operation: RecipeOperation?
    /// True for a node that computes a hidden state; it is drawn with a doubled outline.
    package let isState: Bool
  }

  /// An edge of the drawing, from what is read to what reads it.
  package struct Edge: Sendable, Hashable {
    /// Index of the node that is read.
    package let from: Int
    /// Index of the node that reads.
    package let to: Int
    /// `z`, `a` or `b` for the inputs of a blend, otherwise empty.
    package let label: String
  }

  /// The inputs that are read, x first, then the nodes in the order of evaluation.
  package let nodes: [Node]
  /// The edges, by reading node and position.
  package let edges: [Edge]
}

extension Recipe {
  /// The cell as plain nodes and edges.
  package var drawing: RecipeDrawing {
    let read = Set(nodes.flatMap(\.inputs))
    let inputs = ([.x] + (0..<hiddenCount).map { RecipeInput.hidden($0) }).filter { read.contains($0) }
    let shown = inputs + evaluationOrder.map { .node($0) }
    var places: [RecipeInput: Int] = [:]
    for (place, input) in shown.enumerated() { places[input] = place }
    let states = Set(newStates)
    let drawn = shown.map { input in
      if case .node(let index) = input {
        RecipeDrawing.Node(
          name: nodes[index].name, operation: nodes[index].operation, isState: states.contains(index))
      } else {
        RecipeDrawing.Node(name: name(of: input), operation: nil, isState: false)
      }
    }
    let edges = evaluationOrder.flatMap { index in
      nodes[index].inputs.enumerated().compactMap { position, input -> RecipeDrawing.Edge? in
        guard let from = places[input], let to = places[.node(index)] else { return nil }
        let label = nodes[index].operation == .blend ? ["z", "a", "b"][position] : ""
        return RecipeDrawing.Edge(from: from, to: to, label: label)
      }
    }
    return RecipeDrawing(nodes: drawn, edges: edges)
  }
}

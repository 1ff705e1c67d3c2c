import Statistics

/// A recipe being drawn, which may break rules.
struct RecipeDraft {
  private var nodes: [(operation: RecipeOperation, inputs: [RecipeInput])] = []
  private let newStates: [Int]

  init(hidden: Int, intermediate: Int, _ generator: inout SeededGenerator) {
    let states = (0..<hidden).map { RecipeInput.hidden($0) }
    var activations: [RecipeInput] = []
    while nodes.count < hidden + intermediate {
      switch generator.next(below: 6) {
      case 0..<3:
        let fanIn = generator.next(below: 5) == 0 ? 3 : 2
        nodes.append((.linear, generator.choose(fanIn, of: [.x] + states + activations)))
        let activation = [RecipeOperation.tanh, .sigmoid, .leakyReLU][generator.next(below: 3)]
        nodes.append((activation, [.node(nodes.count - 1)]))
        activations.append(.node(nodes.count - 1))
      case let draw:
        let operation = [RecipeOperation.blend, .elementwiseProduct, .elementwiseSum][draw - 3]
        let candidates = states + nodes.indices.map { .node($0) }
        if candidates.count >= operation.fanIn.lowerBound {
          nodes.append((operation, generator.choose(operation.fanIn.lowerBound, of: candidates)))
        }
      }
    }
    newStates = generator.choose(hidden, of: Array(nodes.indices))
  }

  /// Quick test of the rules that are broken most often: no state goes straight into a new one, all inputs are read.
  var isPromising: Bool {
    guard !newStates.contains(where: { nodes[$0].inputs.contains { $0.isHidden } }) else { return false }
    let isUsed = RecipeGraph(nodes.map(\.inputs)).reachable(from: newStates)
    let read = Set(zip(nodes, isUsed).flatMap { $1 ? $0.inputs : [] })
    return read.contains(.x) && newStates.indices.allSatisfy { read.contains(.hidden($0)) }
  }

  /// The nodes that are used, new states last, as the published code lists them.
  var listing: [RecipeListing] {
    let isUsed = RecipeGraph(nodes.map(\.inputs)).reachable(from: newStates)
    var names = nodes.indices.map { "node_\($0)" }
    for (state, node) in newStates.enumerated() { names[node] = "h_new_\(state)" }
    return (nodes.indices.filter { isUsed[$0] && !newStates.contains($0) } + newStates).map { index in
      RecipeListing(
        name: names[index], operation: nodes[index].operation,
        inputs: nodes[index].inputs.map { input in
          switch input {
          case .x: "x"
          case .hidden(let state): "h_prev_\(state)"
          case .node(let other): names[other]
          }
        })
    }
  }
}

extension SeededGenerator {
  /// A whole number of a range.
  mutating func next(in range: ClosedRange<Int>) -> Int { range.lowerBound + next(below: range.count) }

  /// Different elements in random order; all when there are fewer.
  mutating func choose<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var pool = elements
    return (0..<min(count, pool.count)).map { _ in pool.remove(at: next(below: pool.count)) }
  }
}

extension Recipe {
  /// Named properties of the cell: counts, depths and shares. Whole numbers are exact.
  ///
  /// - `depth`: nodes on the longest path to `h_new_0`; `linear-depth`: most linears on such a path.
  /// - `gates`: sigmoids that a product reads, or a blend as its z.
  /// - `weight-matrices`: fan-ins of all linears together; `mean-linear-fan-in` and `max-linear-fan-in` are 0 without.
  /// - `input-linears` and `recurrent-linears`: linears that read x, and some `h_prev_i`.
  /// - `product-gates` and `blend-gates`: gates that a product reads, and those that a blend reads as its z.
  /// - Those of `pathFeatures`.
  package var features: [(name: String, value: Double)] {
    func count(_ test: (RecipeNode) -> Bool) -> Double { Double(nodes.count(where: test)) }
    let fanIns = linearNodes.map { nodes[$0].inputs.count }
    let matrices = fanIns.reduce(0, +)
    var features: [(name: String, value: Double)] = [
      ("node-count", Double(nodes.count)), ("hidden-states", Double(hiddenCount)),
    ]
    for operation in RecipeOperation.allCases {
      features.append(("\(operation.shortName)-count", count { $0.operation == operation }))
    }
    features += [
      ("activation-count", count { $0.operation.isActivation }),
      ("depth", Double(depth { _ in 1 })),
      ("linear-depth", Double(depth { $0 == .linear ? 1 : 0 })),
      ("mean-linear-fan-in", fanIns.isEmpty ? 0 : Double(matrices) / Double(fanIns.count)),
      ("max-linear-fan-in", Double(fanIns.max() ?? 0)),
      ("weight-matrices", Double(matrices)),
      ("input-linears", count { $0.operation == .linear && $0.inputs.contains(.x) }),
      ("recurrent-linears", count { $0.operation == .linear && $0.inputs.contains { $0.isHidden } }),
      ("gates", Double(gates.count)),
      ("edge-count", Double(nodes.reduce(0) { $0 + $1.inputs.count })),
      ("unused-nodes", Double(unusedNodes.count)),
      ("max-fan-in", Double(nodes.map(\.inputs.count).max() ?? 0)),
      ("product-gates", Double(gates { $0.operation == .elementwiseProduct ? $0.inputs : [] }.count)),
      ("blend-gates", Double(gates { $0.operation == .blend ? [$0.inputs[0]] : [] }.count)),
    ]
    return features + pathFeatures
  }

  /// The names of the features, in order.
  package static let featureNames: [String] = {
    let listing = [
      RecipeListing(name: "sum", operation: .linear, inputs: ["x", "h_prev_0"]),
      RecipeListing(name: "h_new_0", operation: .tanh, inputs: ["sum"]),
    ]
    return (try? Recipe(listing: listing))?.features.map(\.name) ?? []
  }()

  /// The sigmoids that a product reads, or a blend as its z, in the order listed.
  package var gates: [Int] {
    gates { node in
      switch node.operation {
      case .elementwiseProduct: node.inputs
      case .blend: [node.inputs[0]]
      default: []
      }
    }
  }

  /// The sigmoids among the inputs that a node is gated by.
  private func gates(_ gating: (RecipeNode) -> [RecipeInput]) -> [Int] {
    var isRead = [Bool](repeating: false, count: nodes.count)
    for node in nodes { for case .node(let index) in gating(node) { isRead[index] = true } }
    return nodes.indices.filter { isRead[$0] && nodes[$0].operation == .sigmoid }
  }

  /// The greatest weight of a path to `h_new_0`.
  private func depth(_ weight: (RecipeOperation) -> Int) -> Int {
    var depths = [Int](repeating: 0, count: nodes.count)
    for index in evaluationOrder {
      let before = nodes[index].inputs.map { input in if case .node(let other) = input { depths[other] } else { 0 } }
      depths[index] = weight(nodes[index].operation) + (before.max() ?? 0)
    }
    return depths[newStates[0]]
  }
}

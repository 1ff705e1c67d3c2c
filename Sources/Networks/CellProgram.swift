import SearchSpaces
import Tensors

/// A recipe compiled for evaluation: products that share an input are one product, nodes that no hidden state reaches are
/// evaluated for all steps at once, an activation that alone reads a linear node is computed with it.
struct CellProgram: Sendable {
  /// The weights of all linear nodes that read one input, stacked by rows.
  struct Group: Sendable {
    /// The input that the weights are multiplied with.
    let source: RecipeInput
    /// The linear node and which of its inputs this is; first inputs come first, so that the others are one range of rows.
    let parts: [(node: Int, position: Int)]
    /// True when the source is known for all steps before the first.
    let isTimeParallel: Bool
  }

  /// The place of a part of a linear node's sum: a part of a group's product.
  struct Slot: Sendable, Hashable {
    let group: Int
    let part: Int
  }

  /// The computation of a node from what it reads.
  enum Instruction: Sendable {
    /// act(Σ parts + bias) of a linear node, written to `target`.
    case linear(node: Int, parts: [Slot], activation: Activation, target: Int)
    /// act(input).
    case activation(node: Int, input: RecipeInput, activation: Activation)
    /// The sum of the inputs.
    case sum(node: Int, inputs: [RecipeInput])
    /// The product of the inputs.
    case product(node: Int, inputs: [RecipeInput])
    /// z ⊙ a + (1 − z) ⊙ b.
    case blend(node: Int, inputs: [RecipeInput])

    /// The node whose value is written.
    var target: Int {
      switch self {
      case .linear(_, _, _, let target): target
      case .activation(let node, _, _), .sum(let node, _), .product(let node, _), .blend(let node, _): node
      }
    }
  }

  /// The recipe.
  let recipe: Recipe
  /// The stacked weights.
  let groups: [Group]
  /// The nodes that are computed for all steps at once, in order.
  let timeParallel: [Instruction]
  /// The nodes that are computed step by step, in order.
  let sequential: [Instruction]
  /// The activation of each node whose output an activation kernel sees, by node.
  let activations: [Int: Activation]

  /// Compiles a recipe.
  init(_ recipe: Recipe) {
    self.recipe = recipe
    let isTimeParallel = Self.timeParallelNodes(recipe)
    func isParallel(_ input: RecipeInput) -> Bool {
      switch input {
      case .x: true
      case .hidden: false
      case .node(let node): isTimeParallel[node]
      }
    }
    var sources: [RecipeInput] = []
    var parts: [RecipeInput: [(node: Int, position: Int)]] = [:]
    for node in recipe.linearNodes {
      for (position, input) in recipe.nodes[node].inputs.enumerated() {
        if parts[input] == nil { sources.append(input) }
        parts[input, default: []].append((node, position))
      }
    }
    groups = sources.map { source in
      let all = parts[source] ?? []
      return Group(
        source: source, parts: all.filter { $0.position == 0 } + all.filter { $0.position != 0 },
        isTimeParallel: isParallel(source))
    }
    var slots: [Int: [Slot]] = [:]
    for (group, value) in groups.enumerated() {
      for (part, owner) in value.parts.enumerated() {
        slots[owner.node, default: []].append(Slot(group: group, part: part))
      }
    }
    let fused = Self.fusedActivations(recipe)
    var parallel: [Instruction] = []
    var stepwise: [Instruction] = []
    for node in recipe.evaluationOrder {
      guard let instruction = Self.instruction(node, recipe, slots: slots[node] ?? [], fused: fused) else { continue }
      if isTimeParallel[instruction.target] { parallel.append(instruction) } else { stepwise.append(instruction) }
    }
    timeParallel = parallel
    sequential = stepwise
    activations = Dictionary(
      uniqueKeysWithValues: recipe.nodes.indices.compactMap { node in
        Self.activation(of: recipe.nodes[node].operation).map { (node, $0) }
      })
  }

  /// PyTorch's name of a node of a layer, with which the names of its weights begin.
  func prefix(_ node: Int, layer: Int) -> String {
    "rnns.\(layer).module.cell.components.\(recipe.nodes[node].name)"
  }

  /// PyTorch's name of the matrix of an input of a linear node.
  func matrixName(_ part: (node: Int, position: Int), layer: Int) -> String {
    "\(prefix(part.node, layer: layer)).weights_raw.\(part.position)"
  }

  private static func timeParallelNodes(_ recipe: Recipe) -> [Bool] {
    var isParallel = [Bool](repeating: false, count: recipe.nodes.count)
    for node in recipe.evaluationOrder {
      isParallel[node] = recipe.nodes[node].inputs.allSatisfy { input in
        switch input {
        case .x: true
        case .hidden: false
        case .node(let other): isParallel[other]
        }
      }
    }
    // A state of the next step is written step by step.
    for node in recipe.newStates { isParallel[node] = false }
    for node in recipe.evaluationOrder where isParallel[node] {
      isParallel[node] = recipe.nodes[node].inputs.allSatisfy { input in
        if case .node(let other) = input { isParallel[other] } else { true }
      }
    }
    return isParallel
  }

  /// For each linear node that only an activation reads, that activation.
  private static func fusedActivations(_ recipe: Recipe) -> [Int: Int] {
    var readers: [Int: [Int]] = [:]
    for (node, value) in recipe.nodes.enumerated() {
      for case .node(let other) in value.inputs { readers[other, default: []].append(node) }
    }
    var fused: [Int: Int] = [:]
    for node in recipe.linearNodes where !recipe.newStates.contains(node) {
      guard let reader = readers[node], reader.count == 1, activation(of: recipe.nodes[reader[0]].operation) != nil
      else { continue }
      fused[node] = reader[0]
    }
    return fused
  }

  private static func instruction(
    _ node: Int, _ recipe: Recipe, slots: [Slot], fused: [Int: Int]
  ) -> Instruction? {
    let value = recipe.nodes[node]
    switch value.operation {
    case .linear:
      guard let reader = fused[node], let activation = activation(of: recipe.nodes[reader].operation) else {
        return .linear(node: node, parts: slots, activation: .identity, target: node)
      }
      return .linear(node: node, parts: slots, activation: activation, target: reader)
    case .elementwiseSum: return .sum(node: node, inputs: value.inputs)
    case .elementwiseProduct: return .product(node: node, inputs: value.inputs)
    case .blend: return .blend(node: node, inputs: value.inputs)
    case .tanh, .sigmoid, .leakyReLU:
      if case .node(let input)? = value.inputs.first, fused[input] == node { return nil }
      guard let activation = activation(of: value.operation), let input = value.inputs.first else { return nil }
      return .activation(node: node, input: input, activation: activation)
    }
  }

  private static func activation(of operation: RecipeOperation) -> Activation? {
    switch operation {
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .leakyReLU: .leakyReLU
    case .linear, .elementwiseProduct, .elementwiseSum, .blend: nil
    }
  }
}

import Gradients
import SearchSpaces
import Tensors

/// One forward pass of one layer: products with inputs known for all steps first, then step by step.
///
/// B sequences are read side by side, in T steps; matrices of all steps have T·B rows, those of one step B.
final class LayerPass<Element: TensorElement> {
  private let tape: Tape<Element>
  private let program: CellProgram
  private let weights: LayerWeights<Element>
  private let layer: Int
  private let width: Int
  private let sequenceLength: Int
  private let batchSize: Int
  private let request: ForwardRequest<Element>
  private let keepsValues: Bool
  private let workspace: Workspace

  /// By group, the weights that are leaves of the tape.
  private var stacked: [ProjectionWeight<Element>] = []
  /// By linear node.
  private var biases: [Int: Variable] = [:]
  /// The values of this step by node; of all steps before the first.
  private var nodes: [Int: Variable] = [:]
  /// The states that enter this step; nil where they are zero.
  private var previous: [Variable?]
  /// By group, the products of all steps, or the series that those of single steps are parts of.
  private var products: [Int: Variable] = [:]
  /// By group, the product of this step.
  private var stepProducts: [Int: Variable] = [:]
  /// By group, memory for the product of a step.
  private var productMemory: [Int: Tensor<Element>] = [:]
  /// By node, memory for its values.
  private var nodeMemory: [Int: Tensor<Element>] = [:]
  /// Memory that is given back at the end.
  private var scratch: [Tensor<Element>] = []
  /// The matrices, group by group.
  private(set) var parameters: [Parameter<Element>] = []
  /// The states of the layer, those that enter a step and, when values are kept, the outputs of activations.
  private(set) var probes: [Probe] = []

  init(
    tape: Tape<Element>, program: CellProgram, weights: LayerWeights<Element>, layer: Int, width: Int,
    sequenceLength: Int, batchSize: Int, request: ForwardRequest<Element>
  ) {
    self.tape = tape
    self.program = program
    self.weights = weights
    self.layer = layer
    self.width = width
    self.sequenceLength = sequenceLength
    self.batchSize = batchSize
    self.request = request
    keepsValues = request.keepsValues
    workspace = tape.workspace
    previous = Array(repeating: nil, count: program.recipe.hiddenCount)
  }

  /// Runs the pass.
  ///
  /// - Returns: Hidden state 0 after each step [T·B, width]: the layer's output.
  func run(_ input: Variable) -> Variable {
    makeLeaves()
    let states = tape.series(workspace.tensor(sequenceLength * batchSize, width))
    probes.append(Probe(label: ProbeLabel(kind: .states, layer: layer), variable: states, delay: batchSize))
    projectAllSteps(.x, input)
    for instruction in program.timeParallel {
      let memory: Tensor<Element> = workspace.tensor(sequenceLength * batchSize, width)
      if !keepsValues { scratch.append(memory) }
      let output = tape.variable(memory)
      evaluate(instruction, step: nil, output: output)
      nodes[instruction.target] = output
      projectAllSteps(.node(instruction.target), output)
    }
    let wholes = nodes
    let zeros: Tensor<Element> = workspace.zeros(batchSize, width)
    let zero = tape.leaf(zeros)
    prepareStepProducts()
    for step in 0..<sequenceLength {
      let rows = step * batchSize..<(step + 1) * batchSize
      nodes = wholes.mapValues { tape.view($0, rows: rows, columns: 0..<width) }
      for state in previous.indices {
        guard let variable = previous[state] else { continue }
        project(.hidden(state), variable, step: step)
      }
      let hidden = previous.map { $0 ?? zero }
      for instruction in program.sequential {
        let output = self.output(of: instruction.target, step: step, states: states)
        evaluate(instruction, step: step, output: output, hidden: hidden)
        nodes[instruction.target] = output
        project(.node(instruction.target), output, step: step)
      }
      previous = program.recipe.newStates.map { nodes[$0] }
      if step < sequenceLength - 1, let state = previous[0] {
        probes.append(
          Probe(label: ProbeLabel(kind: .enteringState, layer: layer), variable: state, end: tape.mark()))
      }
    }
    for memory in scratch { workspace.giveBack(memory) }
    if !keepsValues { workspace.giveBack(zeros) }
    return states
  }

  /// Makes the stacked weights leaves; gradients are of the parts in a scope that is wanted, which lie together.
  private func makeLeaves() {
    biases = weights.biases.mapValues { tape.leaf($0) }
    for (group, value) in program.groups.enumerated() {
      let roles = value.parts.map { ParameterRole.matrix(isFirst: $0.position == 0) }
      let wanted = roles.indices.filter { !roles[$0].recurrentScopes.isDisjoint(with: request.gradients) }
      var gradient = GradientRequest.none
      if let first = wanted.first, let last = wanted.last {
        gradient = wanted.count == roles.count ? .all : .rows(first * width..<(last + 1) * width)
      }
      let leaf = tape.leaf(weights.natural[group], gradient: gradient)
      stacked.append(
        ProjectionWeight(
          variable: leaf, forward: weights.forward[group],
          backward: weights.backward.isEmpty ? nil : weights.backward[group]))
      for (part, owner) in value.parts.enumerated() {
        parameters.append(
          Parameter(
            name: program.matrixName(owner, layer: layer), role: roles[part], scopes: roles[part].recurrentScopes,
            place: .leaf(leaf, rows: part * width..<(part + 1) * width)))
      }
    }
  }

  /// The product of an input that is known for all steps with the weights that read it.
  private func projectAllSteps(_ source: RecipeInput, _ input: Variable) {
    for (group, value) in program.groups.enumerated() where value.source == source && value.isTimeParallel {
      let memory: Tensor<Element> = workspace.tensor(sequenceLength * batchSize, value.parts.count * width)
      let product = tape.variable(memory, isScratch: true)
      tape.project(input, stacked[group], into: product)
      products[group] = product
      scratch.append(memory)
    }
  }

  /// Memory for the products of single steps; cotangents of all steps lie next to one another where a weight's gradient is
  /// wanted, so that it is one product.
  private func prepareStepProducts() {
    for (group, value) in program.groups.enumerated() where !value.isTimeParallel {
      let memory: Tensor<Element> = workspace.tensor(batchSize, value.parts.count * width)
      scratch.append(memory)
      productMemory[group] = memory
      if tape.isWanted(stacked[group].variable) {
        // Only the cotangents take all these rows: the value of each step stands in the same memory.
        let shape = Tensor(
          pointer: memory.pointer, rows: sequenceLength * batchSize, columns: memory.columns, stride: memory.stride)
        products[group] = tape.series(shape, isScratch: true)
      }
    }
  }

  private func project(_ source: RecipeInput, _ input: Variable, step: Int) {
    for (group, value) in program.groups.enumerated() where value.source == source && !value.isTimeParallel {
      guard let memory = productMemory[group] else { continue }
      let output: Variable
      if let series = products[group] {
        output = tape.view(
          series, rows: step * batchSize..<(step + 1) * batchSize, columns: 0..<memory.columns, value: memory)
      } else {
        output = tape.variable(memory, isScratch: true)
      }
      tape.project(input, stacked[group], into: output)
      stepProducts[group] = output
    }
  }

  /// The variable that a node of a step is written to.
  private func output(of node: Int, step: Int, states: Variable) -> Variable {
    let rows = step * batchSize..<(step + 1) * batchSize
    if program.recipe.newStates[0] == node { return tape.view(states, rows: rows, columns: 0..<width) }
    if keepsValues {
      return tape.variable(memory(of: node, rows: sequenceLength * batchSize).rows(rows))
    }
    // The step before is still read as a state.
    let half = step % 2
    return tape.variable(memory(of: node, rows: 2 * batchSize).rows(half * batchSize..<(half + 1) * batchSize))
  }

  private func memory(of node: Int, rows: Int) -> Tensor<Element> {
    if let memory = nodeMemory[node] { return memory }
    let memory: Tensor<Element> = workspace.tensor(rows, width)
    nodeMemory[node] = memory
    if !keepsValues { scratch.append(memory) }
    return memory
  }

  private func evaluate(
    _ instruction: CellProgram.Instruction, step: Int?, output: Variable, hidden: [Variable] = []
  ) {
    if instruction.target == program.recipe.newStates[0] && request.probeGradients.contains(.enteringState)
      || program.activations[instruction.target] != nil && request.probeGradients.contains(.activation)
    {
      tape.want(output)
    }
    func variable(_ source: RecipeInput) -> Variable {
      switch source {
      case .x: preconditionFailure("only linear nodes read x, through products made beforehand")
      case .hidden(let state): return hidden[state]
      case .node(let node):
        guard let variable = nodes[node] else { preconditionFailure("nodes come after what they read") }
        return variable
      }
    }
    switch instruction {
    case .linear(let node, let parts, let activation, _):
      let terms = parts.compactMap { part(of: $0, step: step) }
      tape.combine(terms, bias: biases[node], activation, into: output)
    case .activation(_, let source, let activation): tape.combine([variable(source)], activation, into: output)
    case .sum(_, let inputs): tape.combine(inputs.map(variable), into: output)
    case .blend(_, let inputs): tape.blend(variable(inputs[0]), variable(inputs[1]), variable(inputs[2]), into: output)
    case .product(_, let inputs):
      var partials: [Tensor<Element>] = []
      var partial = variable(inputs[0])
      for factor in inputs[1..<inputs.count - 1] {
        let memory: Tensor<Element> = workspace.tensor(tape.value(output).rows, width)
        let target = tape.variable(memory)
        tape.multiply(partial, variable(factor), into: target)
        if !keepsValues { partials.append(memory) }
        partial = target
      }
      tape.multiply(partial, variable(inputs[inputs.count - 1]), into: output)
      for memory in partials { workspace.giveBack(memory) }
    }
    if let activation = program.activations[instruction.target] {
      let label = ProbeLabel(kind: .activation, layer: layer, activation: activation)
      if keepsValues { probes.append(Probe(label: label, variable: output)) }
      visit(tape.value(output), label)
    }
  }

  private func visit(_ value: Tensor<Element>, _ label: ProbeLabel) {
    guard let visitor = request.visitor else { return }
    for step in 0..<value.rows / batchSize {
      visitor(label, value.rows(step * batchSize..<(step + 1) * batchSize))
    }
  }

  /// A part of a linear node's sum; nil when it is zero, as the states before the first step are.
  private func part(of slot: CellProgram.Slot, step: Int?) -> Variable? {
    let range = slot.part * width..<(slot.part + 1) * width
    if program.groups[slot.group].isTimeParallel {
      guard let product = products[slot.group] else { preconditionFailure("products come before what reads them") }
      let rows = step.map { $0 * batchSize..<($0 + 1) * batchSize } ?? 0..<sequenceLength * batchSize
      return tape.view(product, rows: rows, columns: range)
    }
    guard let product = stepProducts[slot.group] else { return nil }
    return tape.view(product, rows: 0..<batchSize, columns: range)
  }
}

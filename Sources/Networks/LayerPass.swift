import Gradients
import SearchSpaces
import Tensors

/// One forward pass of one layer: products with inputs known for all steps first, then step by step.
final class LayerPass<Element: TensorElement> {
  private let tape: Tape<Element>
  private let program: CellProgram
  private let weights: LayerWeights<Element>
  private let width: Int
  private let steps: Int
  private let columns: Int
  /// Whether values stay for a reverse sweep; otherwise memory of earlier steps is used again.
  private let keepsValues: Bool
  private let request: WeightRequest
  /// Whether gradients of states and activations are wanted.
  private let wantsNodes: Bool
  private let observer: (any ActivationObserver)?
  private let workspace: Workspace

  private var stacked: [StackedWeight<Element>] = []
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
  private var activations: [Variable] = []

  init(
    tape: Tape<Element>, program: CellProgram, weights: LayerWeights<Element>, width: Int, steps: Int, columns: Int,
    keepsValues: Bool, request: WeightRequest, wantsNodes: Bool, observer: (any ActivationObserver)?
  ) {
    self.tape = tape
    self.program = program
    self.weights = weights
    self.width = width
    self.steps = steps
    self.columns = columns
    self.keepsValues = keepsValues
    self.request = request
    self.wantsNodes = wantsNodes
    self.observer = observer
    workspace = tape.workspace
    previous = Array(repeating: nil, count: program.recipe.hiddenCount)
  }

  func run(_ input: Variable) -> LayerTrace<Element> {
    makeLeaves()
    let states = tape.series(workspace.tensor(steps * columns, width))
    var stateSteps: [(state: Variable, end: TapeMark)] = []
    projectAllSteps(.x, input)
    for instruction in program.timeParallel {
      let memory: Tensor<Element> = workspace.tensor(steps * columns, width)
      if !keepsValues { scratch.append(memory) }
      let output = tape.variable(memory)
      evaluate(instruction, step: nil, output: output)
      nodes[instruction.target] = output
      projectAllSteps(.node(instruction.target), output)
    }
    let wholes = nodes
    let zeros: Tensor<Element> = workspace.zeros(columns, width)
    let zero = tape.leaf(zeros)
    prepareStepProducts()
    for step in 0..<steps {
      let rows = step * columns..<(step + 1) * columns
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
      if let state = previous[0] { stateSteps.append((state, tape.mark())) }
    }
    for memory in scratch { workspace.giveBack(memory) }
    if !keepsValues { workspace.giveBack(zeros) }
    return LayerTrace(states: states, stateSteps: stateSteps, weights: stacked, activations: activations)
  }

  private func makeLeaves() {
    biases = weights.biases.mapValues { tape.leaf($0) }
    for (group, value) in program.groups.enumerated() {
      let gradient: GradientRequest =
        switch request {
        case .none: .none
        case .all: .all
        case .exceptFirstInputs:
          value.firstCount == value.parts.count ? .none : .rows(value.firstCount * width..<value.parts.count * width)
        }
      let leaf = tape.leaf(weights.natural[group], gradient: gradient)
      stacked.append(
        StackedWeight(
          weight: ProjectionWeight(
            variable: leaf, forward: weights.forward[group],
            backward: weights.backward.isEmpty ? nil : weights.backward[group]),
          firstCount: value.firstCount, partCount: value.parts.count))
    }
  }

  /// The product of an input that is known for all steps with the weights that read it.
  private func projectAllSteps(_ source: RecipeInput, _ input: Variable) {
    for (group, value) in program.groups.enumerated() where value.source == source && value.isTimeParallel {
      let memory: Tensor<Element> = workspace.tensor(steps * columns, value.parts.count * width)
      let product = tape.variable(memory, isScratch: true)
      tape.project(input, stacked[group].weight, into: product)
      products[group] = product
      scratch.append(memory)
    }
  }

  /// Memory for the products of single steps; cotangents of all steps lie next to one another where a weight's gradient is
  /// wanted, so that it is one product.
  private func prepareStepProducts() {
    for (group, value) in program.groups.enumerated() where !value.isTimeParallel {
      let memory: Tensor<Element> = workspace.tensor(columns, value.parts.count * width)
      scratch.append(memory)
      productMemory[group] = memory
      if tape.isWanted(stacked[group].weight.variable) {
        // Only the cotangents take all these rows: the value of each step stands in the same memory.
        let shape = Tensor(
          pointer: memory.pointer, rows: steps * columns, columns: memory.columns, stride: memory.stride)
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
          series, rows: step * columns..<(step + 1) * columns, columns: 0..<memory.columns, value: memory)
      } else {
        output = tape.variable(memory, isScratch: true)
      }
      tape.project(input, stacked[group].weight, into: output)
      stepProducts[group] = output
    }
  }

  /// The variable that a node of a step is written to.
  private func output(of node: Int, step: Int, states: Variable) -> Variable {
    let rows = step * columns..<(step + 1) * columns
    if program.recipe.newStates[0] == node { return tape.view(states, rows: rows, columns: 0..<width) }
    if keepsValues {
      return tape.variable(memory(of: node, rows: steps * columns).rows(rows))
    }
    // The step before is still read as a state.
    let half = step % 2
    return tape.variable(memory(of: node, rows: 2 * columns).rows(half * columns..<(half + 1) * columns))
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
    if wantsNodes, instruction.target == program.recipe.newStates[0] || program.activations[instruction.target] != nil {
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
    var partials: [Tensor<Element>] = []
    switch instruction {
    case .linear(let node, let parts, let activation, _):
      let terms = parts.compactMap { part(of: $0, step: step) }
      tape.combine(terms, bias: biases[node], activation, into: output)
    case .activation(_, let source, let activation): tape.combine([variable(source)], activation, into: output)
    case .sum(_, let inputs): tape.combine(inputs.map(variable), into: output)
    case .blend(_, let inputs): tape.blend(variable(inputs[0]), variable(inputs[1]), variable(inputs[2]), into: output)
    case .product(_, let inputs):
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
      if keepsValues { activations.append(output) }
      observe(tape.value(output), activation)
    }
  }

  private func observe(_ value: Tensor<Element>, _ activation: Activation) {
    guard let observer else { return }
    for step in 0..<value.rows / columns {
      observer.observe(value.rows(step * columns..<(step + 1) * columns), activation)
    }
  }

  /// A part of a linear node's sum; nil when it is zero, as the states before the first step are.
  private func part(of slot: CellProgram.Slot, step: Int?) -> Variable? {
    let range = slot.part * width..<(slot.part + 1) * width
    if program.groups[slot.group].isTimeParallel {
      guard let product = products[slot.group] else { preconditionFailure("products come before what reads them") }
      let rows = step.map { $0 * columns..<($0 + 1) * columns } ?? 0..<steps * columns
      return tape.view(product, rows: rows, columns: range)
    }
    guard let product = stepProducts[slot.group] else { return nil }
    return tape.view(product, rows: 0..<columns, columns: range)
  }
}

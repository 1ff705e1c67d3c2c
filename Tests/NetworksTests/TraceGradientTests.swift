import Gradients
import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Gradients of traces against central differences of plain loops.
@Suite struct TraceGradientTests {
  private let step = 1e-6

  private func sample(_ cell: String, isTied: Bool = true) throws -> ModelSample<Double> {
    let settings = try LanguageModelSettings(
      vocabularySize: 13, embeddingSize: 3, hiddenSize: 4, layerCount: 2, isTied: isTied)
    return try ModelSample(recipe(SampleCells.text(cell)), settings, steps: 4, columns: 2)
  }

  /// The derivative of Σy when something of a network is moved.
  private func slope(_ network: PlainNetwork, _ move: (inout PlainNetwork, Double) -> Void) -> Double {
    let totals = [step, -step].map { step in
      var moved = network
      move(&moved, step)
      return moved.total()
    }
    return (totals[0] - totals[1]) / (2 * step)
  }

  private func seeded(_ trace: ForwardTrace<Double>, _ workspace: Workspace) -> ReverseSweep<Double> {
    let sweep = ReverseSweep(trace.tape)
    let output = trace.tape.value(trace.output)
    let ones: Tensor<Double> = workspace.tensor(output.rows, output.columns)
    ones.fill(1)
    sweep.seed(trace.output, ones)
    return sweep
  }

  @Test(arguments: SampleCells.names, [true, false]) func tokensAndMatrices(_ cell: String, isTied: Bool) throws {
    let sample = try sample(cell, isTied: isTied)
    let plain = sample.plain
    let trace = sample.forward(inputGradient: true, weights: .all)
    let sweep = seeded(trace, sample.workspace)
    sweep.run()
    let input = sweep.cotangent(trace.embedded)?.elements ?? Array(repeating: 0, count: plain.input.count)
    let expected = plain.input.indices.map { index in slope(plain) { $0.input[index] += $1 } }
    #expect(difference(input, expected) < 1e-8)
    for (layer, values) in trace.layers.enumerated() {
      let width = sample.model.settings.width(ofLayer: layer)
      for (group, stacked) in zip(sample.model.program.groups, values.weights) {
        #expect(stacked.firstCount == group.firstCount && stacked.partCount == group.parts.count)
        for (part, owner) in group.parts.enumerated() {
          let prefix = PlainNetwork.prefix(layer, sample.model.recipe.nodes[owner.node].name)
          let name = "\(prefix).weights_raw.\(owner.position)"
          let count = plain.weights[name]?.count ?? 0
          let expected = (0..<count).map { index in slope(plain) { $0.weights[name]?[index] += $1 } }
          let rows = part * width..<(part + 1) * width
          let gradient = sweep.cotangent(stacked.weight.variable)?.rows(rows).elements
          #expect(difference(gradient ?? Array(repeating: 0, count: count), expected) < 1e-8, "\(name)")
        }
      }
    }
  }

  /// Hidden state 0, as the next step and the layer above see it, and outputs of activations; whatever else is wanted.
  @Test(arguments: SampleCells.names, 0..<3) func statesAndActivations(_ cell: String, wanted: Int) throws {
    let sample = try sample(cell)
    let plain = sample.plain
    let trace = sample.forward(
      inputGradient: wanted > 0, weights: wanted == 2 ? .all : .none, nodeGradients: true)
    let sweep = seeded(trace, sample.workspace)
    var states: [[[Double]?]] = trace.layers.map { Array(repeating: nil, count: $0.stateSteps.count) }
    var sum = 0.0
    for (layer, values) in trace.layers.enumerated() {
      for (step, state) in values.stateSteps.enumerated() {
        sweep.visit(state.state, after: state.end) { states[layer][step] = $0.elements }
      }
      for output in values.activations {
        sweep.visit(output) { sum += Double.squareProductSum(trace.tape.value(output), $0) }
      }
    }
    sweep.run()
    var expectedSum = 0.0
    for (layer, values) in plain.run().enumerated() {
      let width = values.states[0][0].count
      for step in 0..<4 {
        let expected = (0..<2).flatMap { column in
          (0..<width).map { unit in
            slope(plain) { $0.moved = (.state(layer, step, column, unit), $1) }
          }
        }
        let gradient = states[layer][step] ?? Array(repeating: 0, count: expected.count)
        #expect(difference(gradient, expected) < 1e-8, "layer \(layer), step \(step)")
        for node in plain.recipe.nodes.indices where plain.recipe.nodes[node].operation.isActivation {
          for column in 0..<2 {
            for unit in 0..<width {
              let slope = slope(plain) { $0.moved = (.node(layer, node, step, column, unit), $1) }
              let product = slope * values.nodes[node][step][column][unit]
              expectedSum += product * product
            }
          }
        }
      }
    }
    #expect(difference([sum], [expectedSum]) < 1e-7)
  }

  /// The rows that are asked for have the same gradients as with all.
  @Test(arguments: SampleCells.names) func laterInputsAlone(_ cell: String) throws {
    let sample = try sample(cell)
    func gradients(_ request: WeightRequest) -> [[Double]] {
      let trace = sample.forward(inputGradient: true, weights: request)
      let sweep = seeded(trace, sample.workspace)
      sweep.run()
      return trace.layers.flatMap { layer in
        layer.weights.map { stacked in
          let rows = stacked.laterRows(width: trace.tape.value(layer.states).columns)
          return rows.isEmpty ? [] : sweep.cotangent(stacked.weight.variable)?.rows(rows).elements ?? []
        }
      }
    }
    let (some, all) = (gradients(.exceptFirstInputs), gradients(.all))
    // All that the delayed cell has of later inputs leads to a state that nothing reads.
    #expect(some.contains { !$0.isEmpty } == (cell != "delayed"))
    #expect(some == all)
  }
}

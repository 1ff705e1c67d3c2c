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
    return try ModelSample(recipe(SampleCells.text(cell)), settings, sequenceLength: 4, batchSize: 2)
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

  private func seeded(_ trace: NetworkTrace<Double>, _ workspace: Workspace) -> ReverseSweep<Double> {
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
    let trace = sample.forward(inputGradient: true, gradients: [.weights, .saliency])
    let sweep = seeded(trace, sample.workspace)
    sweep.run()
    let input = sweep.cotangent(trace.input)?.elements ?? Array(repeating: 0, count: plain.input.count)
    let expected = plain.input.indices.map { index in slope(plain) { $0.input[index] += $1 } }
    #expect(difference(input, expected) < 1e-8)
    #expect(
      trace.parameters.suffix(isTied ? 2 : 1).map(\.role) == (isTied ? [.embedding, .tiedDecoder] : [.embedding]))
    let matrices = trace.parameters(in: .matrices)
    #expect(Set(matrices.map(\.name)) == Set(plain.weights.keys.filter { $0.contains("weights_raw") }))
    for matrix in matrices {
      #expect(matrix.role == .matrix(isFirst: matrix.name.hasSuffix("weights_raw.0")))
      let values = try #require(plain.weights[matrix.name])
      #expect(matrix.value(trace.tape).elements == values)
      let expected = values.indices.map { index in slope(plain) { $0.weights[matrix.name]?[index] += $1 } }
      let gradient = sweep.cotangent(matrix.variable).map { matrix.gradient($0).elements }
      #expect(difference(gradient ?? Array(repeating: 0, count: values.count), expected) < 1e-8, "\(matrix.name)")
    }
  }

  /// The embedding is the rows that are read, with the summed gradients of the places that read them; as decoder it leaves
  /// out the last token.
  @Test func lookedUpParameters() throws {
    let sample = try sample("elman")
    let tokens = try TokenBatch(sequenceLength: 4, batchSize: 2, ids: [0, 12, 3, 12, 5, 0, 12, 1])
    let trace = sample.model.forward(sample.model.input(tokens), ForwardRequest(gradients: [.weights, .saliency]))
    let cotangent: Tensor<Double> = sample.workspace.tensor(8, 3)
    for row in 0..<8 { for unit in 0..<3 { cotangent[row, unit] = Double(10 * row + unit) } }
    var distinct: [Int32] = []
    for id in tokens.ids where !distinct.contains(id) { distinct.append(id) }
    for parameter in trace.parameters.suffix(2) {
      let expected = distinct.flatMap { token in
        (0..<3).map { unit in
          tokens.ids.indices.filter { tokens.ids[$0] == token }.reduce(0.0) {
            parameter.role == .tiedDecoder && token == 12 ? 0 : $0 + Double(10 * $1 + unit)
          }
        }
      }
      #expect(parameter.gradient(cotangent).elements == expected)
      let weights = distinct.flatMap { sample.model.embedding.rows(Int($0)..<Int($0) + 1).elements }
      #expect(parameter.value(trace.tape).elements == weights)
    }
    #expect(
      sample.model.forward(sample.model.ones(sequenceLength: 2), ForwardRequest(gradients: [.weights])).parameters
        .allSatisfy { $0.scopes.contains(.matrices) }, "ones are not looked up")
  }

  /// Neighbours are joined, others are not.
  @Test func joinedParameters() throws {
    let sample = try sample("lstm")
    let trace = sample.forward(gradients: [.weights])
    #expect(
      Parameter.joined(trace.parameters(in: .matrices)).map { $0.value(trace.tape).elements.count }
        == [4 * 4 * 3, 4 * 4 * 4, 4 * 3 * 4, 4 * 3 * 3])
    #expect(Parameter.joined(trace.parameters(in: .saliency)).count == 3, "h_prev_0 of each layer, and the decoder")
  }

  /// Hidden state 0, as the next step and the layer above see it, and outputs of activations; whatever else is wanted.
  @Test(arguments: SampleCells.names, 0..<3) func statesAndActivations(_ cell: String, wanted: Int) throws {
    let sample = try sample(cell)
    let plain = sample.plain
    let trace = sample.forward(
      inputGradient: wanted > 0, gradients: wanted == 2 ? [.weights] : [],
      probeGradients: [.enteringState, .activation])
    let sweep = seeded(trace, sample.workspace)
    var states: [[[Double]?]] = [[nil, nil, nil], [nil, nil, nil]]
    var sum = 0.0
    for layer in 0..<2 {
      for (step, state) in trace.probes(.enteringState).filter({ $0.label.layer == layer }).enumerated() {
        let end = try #require(state.end)
        sweep.visit(state.variable, after: end) { states[layer][step] = $0.elements }
      }
    }
    for output in trace.probes(.activation) {
      sweep.visit(output.variable) { sum += Double.squareProductSum(trace.tape.value(output.variable), $0) }
    }
    sweep.run()
    var expectedSum = 0.0
    for (layer, values) in plain.run().enumerated() {
      let width = values.states[0][0].count
      for step in 0..<3 {
        let expected = (0..<2).flatMap { column in
          (0..<width).map { unit in
            slope(plain) { $0.moved = (.state(layer, step, column, unit), $1) }
          }
        }
        let gradient = states[layer][step] ?? Array(repeating: 0, count: expected.count)
        #expect(difference(gradient, expected) < 1e-8, "layer \(layer), step \(step)")
      }
      for step in 0..<4 {
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
    func gradients(_ scopes: Set<ParameterScope>) -> [[Double]] {
      let trace = sample.forward(inputGradient: true, gradients: scopes)
      let sweep = seeded(trace, sample.workspace)
      sweep.run()
      return trace.parameters(in: .saliency).filter { $0.scopes.contains(.matrices) }.map { matrix in
        sweep.cotangent(matrix.variable).map { matrix.gradient($0).elements } ?? []
      }
    }
    let (some, all) = (gradients([.saliency]), gradients([.saliency, .matrices]))
    // All that the delayed cell has of later inputs leads to a state that nothing reads.
    #expect(some.contains { !$0.isEmpty } == (cell != "delayed"))
    #expect(some == all)
  }
}

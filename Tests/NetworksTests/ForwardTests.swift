import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Sizes of networks to run forward.
struct ForwardCase: Sendable, CustomTestStringConvertible {
  var cell: String
  var layers: Int
  var isTied: Bool
  var embedding: Int
  var hidden: Int
  var steps: Int
  var columns: Int

  var testDescription: String {
    "\(cell), \(layers) of \(embedding) and \(hidden), \(isTied ? "tied" : "untied"), \(steps) x \(columns)"
  }

  static let all: [ForwardCase] = SampleCells.names.flatMap { cell in
    [(1, 5, 7, 4, 3), (3, 6, 4, 5, 2), (3, 1, 1, 1, 1), (2, 17, 33, 2, 9)].flatMap {
      layers, embedding, hidden, steps, columns in
      [true, false].map { isTied in
        ForwardCase(
          cell: cell, layers: layers, isTied: isTied, embedding: embedding, hidden: hidden, steps: steps,
          columns: columns)
      }
    }
  }

  func sample<Element: TensorElement>(_ type: Element.Type) throws -> ModelSample<Element> {
    let settings = try LanguageModelSettings(
      vocabularySize: 23, embeddingSize: embedding, hiddenSize: hidden, layerCount: layers, isTied: isTied)
    return try ModelSample(recipe(SampleCells.text(cell)), settings, sequenceLength: steps, batchSize: columns)
  }
}

/// Forward passes against plain loops.
@Suite struct ForwardTests {
  @Test(arguments: ForwardCase.all) func valuesAreThoseOfPlainLoops(_ test: ForwardCase) throws {
    let sample = try test.sample(Double.self)
    let expected = sample.plain.run()
    let trace = sample.forward()
    #expect(trace.probes(.states).map(\.label.layer) == Array(0..<test.layers))
    #expect(trace.probes(.states).allSatisfy { $0.delay == test.columns } && trace.probes(.activation).isEmpty)
    for (layer, values) in zip(trace.probes(.states), expected) {
      let states = trace.tape.value(layer.variable)
      #expect(states.columns == values.states[0][0].count && states.rows == test.steps * test.columns)
      #expect(difference(states.elements, values.states.flatMap { $0.flatMap { $0 } }) < 1e-13)
    }
    let single = try test.sample(Float.self)
    let output = single.forward()
    #expect(difference(output.tape.value(output.output).elements.map { Double($0) }, single.plain.output()) < 2e-5)
  }

  /// Values that are kept for a reverse sweep are the bits of those that are not.
  @Test(arguments: ForwardCase.all) func keptValuesAreTheSameBits(_ test: ForwardCase) throws {
    func states<Element: TensorElement>(_ sample: ModelSample<Element>, _ keeps: Int) -> [[Element]] {
      let trace = sample.forward(
        inputGradient: keeps & 1 == 1, gradients: keeps & 2 == 2 ? [.weights] : [],
        probeGradients: keeps & 4 == 4 ? [.enteringState, .activation] : [])
      return trace.probes(.states).map { trace.tape.value($0.variable).elements }
    }
    for keeps in 1..<8 {
      #expect(try states(test.sample(Double.self), 0) == states(test.sample(Double.self), keeps))
      #expect(try states(test.sample(Float.self), 0) == states(test.sample(Float.self), keeps))
    }
  }

  /// Elman, LSTM and GRU written out.
  @Test(arguments: ["elman", "lstm", "gru"]) func cellsOfTheLiterature(_ cell: String) throws {
    for test in ForwardCase.all where test.cell == cell && test.layers == 1 {
      let sample = try test.sample(Double.self)
      let trace = sample.forward()
      let plain = sample.plain
      let states = trace.tape.value(trace.output)
      for column in 0..<test.columns {
        var written = WrittenCell(cell: cell, weights: plain.weights, width: states.columns)
        for step in 0..<test.steps {
          let row = step * test.columns + column
          let h = written.step(sample.embedded.rows(row..<row + 1).elements)
          #expect(difference(states.rows(row..<row + 1).elements, h) < 1e-13)
        }
      }
    }
  }

  /// A pass that keeps no values leaves the states behind and nothing else.
  @Test(arguments: ForwardCase.all) func memoryComesBack(_ test: ForwardCase) throws {
    let sample = try test.sample(Double.self)
    let before = sample.workspace.bytesInUse
    let trace = sample.forward()
    for layer in trace.probes(.states) { sample.workspace.giveBack(trace.tape.value(layer.variable)) }
    #expect(sample.workspace.bytesInUse == before)
  }

  /// The states that enter a step are rows of the layer's; those of the last step enter none.
  @Test func statesOfSteps() throws {
    let sample = try ForwardCase(
      cell: "lstm", layers: 2, isTied: true, embedding: 5, hidden: 6, steps: 4, columns: 3
    ).sample(Double.self)
    let trace = sample.forward(inputGradient: true)
    for layer in 0..<2 {
      let all = trace.tape.value(trace.probes(.states)[layer].variable)
      let entering = trace.probes(.enteringState).filter { $0.label.layer == layer }
      #expect(entering.count == 3)
      for (step, state) in entering.enumerated() {
        #expect(trace.tape.value(state.variable).elements == all.rows(step * 3..<step * 3 + 3).elements)
      }
      #expect(trace.probes(.activation).count { $0.label.layer == layer } == 5 * 4)
    }
  }

  /// A visitor sees the outputs of every activation of every step, whether values are kept or not.
  @Test(arguments: SampleCells.names) func visitorsSeeActivations(_ cell: String) throws {
    func seen(_ request: ForwardRequest<Double>) throws -> [[Double]] {
      let sample = try ForwardCase(
        cell: cell, layers: 2, isTied: true, embedding: 5, hidden: 6, steps: 4, columns: 3
      ).sample(Double.self)
      var request = request
      var values: [[Double]] = []
      request.visitor = { label, value in
        #expect(label.kind == .activation && label.activation != nil && value.rows == 3)
        values.append(value.elements)
      }
      _ = sample.model.forward(sample.input, request)
      return values
    }
    let values = try seen(ForwardRequest())
    let activations = try recipe(SampleCells.text(cell)).nodes.count { $0.operation.isActivation }
    #expect(values.count == 2 * 4 * activations)
    #expect(try values == seen(ForwardRequest(inputGradient: true)))
  }
}

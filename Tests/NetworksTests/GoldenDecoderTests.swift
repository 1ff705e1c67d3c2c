import Documents
import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Decoders against those that PyTorch ran: outputs, hidden states, losses, the gradient of every parameter, and a second
/// segment that remembers the first.
@Suite(.needsRecordedNetworks) struct GoldenDecoderTests {
  @Test(arguments: GoldenDecoder.all(.gpt2)) func gpt2(_ model: GoldenDecoder) throws {
    func check<Element: TensorElement>(_: Element.Type, _ key: String, _ tolerance: Double) throws {
      let workspace = Workspace()
      let network = GPT2Network<Element>(model.configuration, seed: 2023, source: .documented, workspace: workspace)
      try compare(model, network, [.embedded, .states, .normalisedStates], key, tolerance, workspace)
    }
    try check(Double.self, "float64", 1e-11)
    try check(Float.self, "float32", 1e-5)
  }

  @Test(arguments: GoldenDecoder.all(.transformerXL)) func transformerXL(_ model: GoldenDecoder) throws {
    func check<Element: TensorElement>(_: Element.Type, _ key: String, _ tolerance: Double) throws {
      let workspace = Workspace()
      let network = TransformerXLNetwork<Element>(
        model.configuration, seed: 2023, source: .documented, workspace: workspace)
      let trace = try compare(model, network, [.embedded, .states], key, tolerance, workspace)
      var input = network.input(try model.tokens(segment: 1))
      input.memory = TransformerXLNetwork.memory(trace)
      let second = network.forward(input, ForwardRequest(losses: [.languageModel]))
      let recorded = try #require(model.node[key]?["segment2"])
      let output = second.tape.value(second.output)
      let magnitude: Tensor<Element> = workspace.tensor(output.rows, output.columns)
      Element.magnitude(output, into: magnitude)
      let loss = Double(second.tape.value(try #require(second.losses[.languageModel]))[0, 0])
      for (value, name) in [(Element.sum(magnitude), "out_abs_sum"), (loss, "loss")] {
        let expected = try #require(recorded[name]?.double)
        #expect(abs(value - expected) <= tolerance * expected, "\(name)")
      }
    }
    try check(Double.self, "float64", 1e-11)
    try check(Float.self, "float32", 1e-5)
  }

  @discardableResult
  private func compare<Element: TensorElement>(
    _ model: GoldenDecoder, _ network: any Network<Element>, _ states: [ProbeKind], _ key: String, _ tolerance: Double,
    _ workspace: Workspace
  ) throws -> NetworkTrace<Element> {
    let trace = network.forward(
      network.input(try model.tokens()), ForwardRequest(gradients: [.all], losses: [.languageModel]))
    let comparison = GoldenGradients(
      trace: trace, workspace: workspace, recorded: try #require(model.node[key]),
      exact: try #require(model.node["float64"]), tolerance: tolerance)
    try comparison.checkStates(states)
    try comparison.checkGradients(.languageModel, key: "lm")
    return trace
  }
}

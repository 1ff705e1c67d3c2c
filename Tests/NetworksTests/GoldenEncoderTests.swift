import Documents
import Gradients
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Encoders against those that PyTorch ran: outputs, hidden states, and the gradient of every parameter.
@Suite(.needsRecordedNetworks) struct GoldenEncoderTests {
  @Test(arguments: GoldenEncoder.all) func inDouble(_ model: GoldenEncoder) throws {
    try check(model, Double.self, "float64", tolerance: 1e-11)
  }

  @Test(arguments: GoldenEncoder.all) func inSingle(_ model: GoldenEncoder) throws {
    try check(model, Float.self, "float32", tolerance: 3e-6)
  }

  private func check<Element: TensorElement>(
    _ model: GoldenEncoder, _: Element.Type, _ key: String, tolerance: Double
  ) throws {
    let workspace = Workspace()
    let network = EncoderNetwork<Element>(
      model.record, model.variant, EncoderSettings(), seed: 2023, source: .documented, workspace: workspace)
    let trace = network.forward(
      network.input(try GoldenEncoder.tokens()),
      ForwardRequest(gradients: [.all], losses: [.maskedLanguageModel]))
    let comparison = GoldenGradients(
      trace: trace, workspace: workspace, recorded: try #require(model.node[key]),
      exact: try #require(model.node["float64"]), tolerance: tolerance)
    try comparison.checkStates([.embedded, .states])
    try comparison.checkGradients(.maskedLanguageModel, key: "mlm")
  }
}

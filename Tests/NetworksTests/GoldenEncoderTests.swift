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
    let recorded = try #require(model.node[key])
    let output = trace.tape.value(trace.output)
    func isClose(_ value: Double, _ expected: Double?, of size: Double? = nil) -> Bool {
      guard let expected else { return false }
      return abs(value - expected) <= tolerance * max(abs(size ?? expected), 1e-300)
    }
    func magnitudeSum(_ x: Tensor<Element>) -> Double {
      let magnitude: Tensor<Element> = workspace.tensor(x.rows, x.columns)
      Element.magnitude(x, into: magnitude)
      return Element.sum(magnitude)
    }
    #expect(isClose(magnitudeSum(output), recorded["out_sum_abs"]?.double))
    let hidden = trace.probes(.embedded) + trace.probes(.states)
    let sums = try #require(recorded["activation"]?["hidden_abs_sums"]?.elements).map(\.double)
    #expect(hidden.count == sums.count)
    for (probe, sum) in zip(hidden, sums) { #expect(isClose(magnitudeSum(trace.tape.value(probe.variable)), sum)) }

    let cotangent: Tensor<Element> = workspace.tensor(output.rows, output.columns)
    var generator = DocumentedGenerator(seed: 777)
    generator.fill(cotangent, scale: 1)
    let one: Tensor<Element> = workspace.tensor(1, 1)
    one.fill(1)
    let loss = try #require(trace.losses[.maskedLanguageModel])
    let lossValue = Double(trace.tape.value(loss)[0, 0])
    #expect(isClose(lossValue, recorded["mlm"]?["loss"]?.double))
    for (objective, start, seed) in [("cotangent", trace.output, cotangent), ("mlm", loss, one)] {
      let sweep = ReverseSweep(trace.tape)
      sweep.seed(start, seed)
      sweep.run()
      let expected = try #require(recorded[objective]?["grad"]?.entries)
      var compared = 0
      for parameter in trace.parameters {
        guard let values = expected.first(where: { $0.key == parameter.name })?.value.elements?.map(\.double) else {
          continue
        }
        compared += 1
        let gradient = sweep.cotangent(parameter.variable)
        let (sum, magnitude) = (gradient.map { Element.sum($0) } ?? 0, gradient.map(magnitudeSum) ?? 0)
        let (expectedSum, expectedMagnitude) = (try #require(values[0]), try #require(values[1]))
        // A softmax ignores a shift: the gradient of a key's bias is rounding, of the size of the query's.
        // So do other shifts of all tokens in some models, whose gradient is zero in double precision.
        let exact = model.node["float64"]?[objective]?["grad"]?[parameter.name]?.elements?.last?.double ?? 0
        if parameter.name.hasSuffix("key.bias") || exact < 1e-9 {
          #expect(magnitude < (Element.self == Double.self ? 1e-9 : 1e-2), "\(objective) \(parameter.name)")
          continue
        }
        // Biases of layers below a transform are differences of large numbers.
        let tolerance = parameter.name.hasSuffix("bias") ? 10 * tolerance : tolerance
        func isClose(_ value: Double, _ expected: Double, of size: Double) -> Bool {
          abs(value - expected) <= tolerance * size
        }
        #expect(
          isClose(magnitude, expectedMagnitude, of: expectedMagnitude),
          "\(objective) \(parameter.name): \(magnitude), \(expectedMagnitude)")
        #expect(
          isClose(sum, expectedSum, of: expectedMagnitude), "\(objective) \(parameter.name): \(sum), \(expectedSum)")
      }
      #expect(compared == expected.count)
    }
  }
}

import Documents
import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Networks against those that PyTorch initialised and ran.
@Suite(.needsRecordedNetworks) struct GoldenNetworkTests {
  private func checkWeights(_ model: LanguageModel<Float>, _ architecture: DocumentNode) throws {
    var recorded = try #require(architecture["params"]?.entries)
    recorded.removeAll { $0.key == "decoder.bias" }
    let weights = model.namedWeights()
    #expect(Set(weights.map(\.name)) == Set(recorded.map(\.key)))
    for (name, drawn) in weights {
      var values = drawn
      let expected = try #require(recorded.first { $0.key == name }?.value)
      let shape = try #require(expected["shape"]?.elements).compactMap(\.integer)
      #expect(values.count == shape.reduce(1, *))
      let first = try #require((expected["first4"] ?? expected["first3"])?.elements).compactMap(\.double)
      #expect(!first.isEmpty && zip(first, values).allSatisfy { Float($0) == $1 }, "\(name)")
      guard let sum = expected["sum"]?.double, let absolute = expected["abs_sum"]?.double else { continue }
      #expect(abs(Self.sum(&values) - sum) <= 1e-12 * absolute, "\(name)")
    }
    if let draws = architecture["uint32_draws_total"]?.integer { #expect(model.drawCount == draws) }
    if let parameters = architecture["n_params"]?.integer {
      #expect(weights.reduce(model.settings.vocabularySize) { $0 + $1.values.count } == parameters)
    }
  }

  private static func sum(_ values: inout [Float]) -> Double {
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return Float.sum(Tensor(pointer: base, rows: 1, columns: buffer.count, stride: buffer.count))
    }
  }

  @Test func smallNetworks() throws {
    let file = try golden("rnn_small.json", in: #require(goldenFolder))
    for setting in try #require(file["configs"]?.elements) {
      func size(_ key: String) throws -> Int { try #require(setting[key]?.integer, "\(key)") }
      let settings = try LanguageModelSettings(
        vocabularySize: size("V"), embeddingSize: size("emsize"), hiddenSize: size("nhid"), layerCount: size("nlayers"))
      for architecture in try #require(setting["arch"]?.elements) {
        let sample = try ModelSample<Float>(
          RecipeParser.parse(#require(architecture["recepie"])), settings, sequenceLength: size("T"),
          batchSize: size("B"),
          seed: UInt32(size("seed")))
        try checkWeights(sample.model, architecture)
        let trace = sample.forward()
        let output = trace.tape.value(trace.output)
        let first = try #require(architecture["output_first4"]?.elements).compactMap(\.double)
        #expect(first.count == 4 && difference(output.elements.prefix(4).map { Double($0) }, first) < 2e-6)
        let sum = try #require(architecture["output_sum"]?.double)
        #expect(abs(Float.sum(output) - sum) < 1e-6 * Double(output.count))
      }
    }
  }

  @Test func fullNetworks() throws {
    let file = try golden("rnn_full.json", in: #require(goldenFolder))
    for architecture in try #require(file["arch"]?.elements) {
      let model = try LanguageModel<Float>(
        RecipeParser.parse(#require(architecture["recepie"])), settings: LanguageModelSettings(),
        seed: UInt32(#require(architecture["seed"]?.integer)), workspace: Workspace())
      try checkWeights(model, architecture)
    }
  }
}

import CKernels
import Documents
import Files
import Foundation
import Tensors
import TestSupport
import Testing

/// Draws the initial weights of the recorded networks in PyTorch's order and holds them against the recorded digests.
@Suite(.needsRecordedNetworks) struct GoldenWeightTests {
  private struct Network {
    var vocabulary: Int
    var embedding: Int
    var hidden: Int
    var layers: Int
    var seed: Int
    /// The linear nodes in the recipe's order.
    var linear: [(name: String, inputs: [String])]
  }

  /// The kept weights by name, and the generator afterwards.
  private func initialized(_ network: Network) -> (weights: [String: [Float]], generator: TorchGenerator) {
    var generator = TorchGenerator(seed: network.seed)
    var weights: [String: [Float]] = [:]
    generator.discardNormal(count: network.vocabulary * network.embedding)
    for layer in 0..<network.layers {
      let input = layer == 0 ? network.embedding : network.hidden
      let output = layer == network.layers - 1 ? network.embedding : network.hidden
      // The constructors' own values are drawn, then overwritten.
      for node in network.linear {
        for name in node.inputs { generator.discardUniform(count: output * (name == "x" ? input : output)) }
        generator.discardUniform(count: output)
      }
      let bound = Float(1 / Double(output).squareRoot())
      for node in network.linear {
        let prefix = "rnns.\(layer).module.cell.components.\(node.name)."
        weights[prefix + "bias"] = generator.uniform(count: output, from: -bound, to: bound)
        for (index, name) in node.inputs.enumerated() {
          weights[prefix + "weights_raw.\(index)"] = generator.uniform(
            count: output * (name == "x" ? input : output), from: -bound, to: bound)
        }
      }
    }
    generator.discardUniform(count: network.vocabulary * network.hidden + network.vocabulary)
    generator.discardUniform(count: network.vocabulary * network.embedding)
    weights["encoder.weight"] = generator.uniform(
      count: network.vocabulary * network.embedding, from: -0.1, to: 0.1)
    weights["decoder.bias"] = [Float](repeating: 0, count: network.vocabulary)
    return (weights, generator)
  }

  private func check(_ architecture: DocumentNode, _ settings: DocumentNode, seed: Int?) throws {
    func size(_ key: String) throws -> Int { try #require(settings[key]?.integer, "\(key)") }
    let recipe = try #require(architecture["recepie"]?.entries)
    let network = Network(
      vocabulary: try size(settings["V"] == nil ? "ntokens" : "V"), embedding: try size("emsize"),
      hidden: try size("nhid"),
      layers: try size("nlayers"), seed: try #require(seed),
      linear: recipe.filter { $0.value["op"]?.text == "linear" }.map { entry in
        (entry.key, entry.value["input"]?.elements?.compactMap(\.text) ?? [])
      })
    let (weights, generator) = initialized(network)
    if let draws = architecture["uint32_draws_total"]?.integer { #expect(generator.position == draws) }
    let parameters = try #require(architecture["params"]?.entries)
    #expect(Set(parameters.map(\.key)) == Set(weights.keys))
    for parameter in parameters {
      let values = try #require(weights[parameter.key], "\(parameter.key)")
      #expect(Self.digest(values) == parameter.value["sha256_f32le"]?.text, "\(parameter.key)")
      let first = (parameter.value["first4"] ?? parameter.value["first3"])?.elements?.compactMap(\.double) ?? []
      #expect(!first.isEmpty && zip(first, values).allSatisfy { Float($0) == $1 }, "\(parameter.key)")
      if let sum = parameter.value["sum"]?.double, let absolute = parameter.value["abs_sum"]?.double {
        #expect(abs(tf_sum_f32(1, values.count, values, values.count) - sum) <= 1e-12 * absolute, "\(parameter.key)")
      }
    }
  }

  /// SHA-256 of the values' bytes; the platforms of this package are little-endian.
  private static func digest(_ values: [Float]) -> String {
    var hasher = SHA256.Hasher()
    values.withUnsafeBytes { hasher.update($0.bindMemory(to: UInt8.self)) }
    return hasher.finish()
  }

  @Test func smallNetworks() throws {
    let file = try golden("rnn_small.json", in: #require(goldenFolder))
    let settings = try #require(file["configs"]?.elements)
    #expect(settings.count == 3)
    for setting in settings {
      let architectures = try #require(setting["arch"]?.elements)
      #expect(architectures.count == 10)
      for architecture in architectures { try check(architecture, setting, seed: setting["seed"]?.integer) }
    }
  }

  @Test func fullNetworks() throws {
    let file = try golden("rnn_full.json", in: #require(goldenFolder))
    let settings = try #require(file["config"])
    let architectures = try #require(file["arch"]?.elements)
    #expect(architectures.count == 8)
    for architecture in architectures { try check(architecture, settings, seed: architecture["seed"]?.integer) }
  }
}

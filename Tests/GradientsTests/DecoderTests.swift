import Documents
import Tensors
import TestSupport
import Testing

@testable import Gradients

/// The operators together: the loss, the gradients and products with the Hessian of a small GPT-2.
@Suite struct DecoderTests {
  /// Numbers of the 64-bit congruential generator of the recorded networks, 0 ..< 1.
  private struct Stream {
    var state: UInt64

    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }

  /// A recorded network.
  private struct Recorded {
    let weights: [(name: String, rows: Int, columns: Int, values: [Double])]
    let ids: [Int32]
    let heads: [Int]
    let (batch, steps): (Int, Int)
    let values: DocumentNode

    init() throws {
      let folder = try #require(goldenFolder)
      let model = try #require(golden("gpt2.json", in: folder)["models"]?["g1_tied"])
      func size(_ key: String) throws -> Int { try #require(model[key]?.integer) }
      let (batch, steps) = (try size("batch"), try size("seq"))
      let heads = try #require(model["config"]?["n_head"]?.elements).compactMap(\.integer)
      let vocabulary = try #require(model["config"]?["n_token"]?.integer)
      var stream = Stream(state: 2023)
      weights = try #require(model["lcg_weights"]?.entries).map { entry in
        let shape = try #require(entry.value["shape"]?.elements).compactMap(\.integer)
        let count = shape.reduce(1, *)
        var values = [Double](repeating: entry.key.hasSuffix(".weight") ? 1 : 0, count: count)
        if shape.count == 2 {
          let deviation = entry.key.hasSuffix("c_proj.weight") ? 0.02 / Double(2 * heads.count).squareRoot() : 0.02
          let bound = deviation * 3.0.squareRoot()
          values = (0..<count).map { _ in bound * (2 * stream.next() - 1) }
        }
        let sum = try #require(entry.value["sum"]?.double)
        #expect(abs(values.reduce(0, +) - sum) < 1e-12 * Double(count), "\(entry.key)")
        return (entry.key, shape.count == 2 ? shape[0] : 1, shape[shape.count - 1], values)
      }
      // Tokens sequence by sequence, and here step by step.
      var state: UInt32 = 12345
      let drawn = (0..<batch * steps).map { _ -> Int32 in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Int32(state >> 8) % Int32(vocabulary)
      }
      ids = (0..<batch * steps).map { drawn[$0 % batch * steps + $0 / batch] }
      (self.heads, self.batch, self.steps, values) = (heads, batch, steps, model)
    }
  }

  private func check<Element: TensorElement>(_: Element.Type, tolerance: Double) throws {
    let recorded = try Recorded()
    let values = try #require(recorded.values["float64"]?["lm"])
    let decoder = SmallDecoder<Element>(recorded.weights, batch: recorded.batch, steps: recorded.steps)
    let loss = decoder.loss(recorded.ids, heads: recorded.heads)
    let expected = try #require(values["loss"]?.double)
    #expect(abs(Double(decoder.tape.value(loss)[0, 0]) - expected) < tolerance * expected)

    func one() -> Tensor<Element> {
      let one: Tensor<Element> = decoder.workspace.tensor(1, 1)
      one.fill(1)
      return one
    }
    let sweep = ReverseSweep(decoder.tape)
    sweep.seed(loss, one())
    sweep.run()
    var gradients: [String: Tensor<Element>] = [:]
    for entry in try #require(values["grad"]?.entries) {
      let sums = try #require(entry.value.elements).compactMap(\.double)
      let leaf = try #require(decoder.parameters[entry.key], "\(entry.key)")
      let gradient = try #require(sweep.cotangent(leaf), "\(entry.key)")
      let magnitude = gradient.elements.reduce(0) { $0 + abs(Double($1)) }
      #expect(abs(magnitude - sums[1]) < tolerance * sums[1], "\(entry.key)")
      #expect(abs(Element.sum(gradient) - sums[0]) < tolerance * sums[1], "\(entry.key)")
      gradients[entry.key] = gradient
    }
    #expect(gradients.count == decoder.parameters.count)

    // H·g of the matrices inside the layers.
    let matrices = gradients.filter { $0.key.hasPrefix("h.") && $0.value.rows > 1 }
    let tangents = TangentSweep(decoder.tape)
    for (name, gradient) in matrices { tangents.seed(try #require(decoder.parameters[name]), gradient) }
    tangents.run()
    let (primal, second) = (ReverseSweep(decoder.tape), ReverseSweep(decoder.tape))
    primal.seed(loss, one())
    primal.run(tangents: tangents, second: second)
    var (weighted, curvature) = (0.0, 0.0)
    for (name, gradient) in matrices {
      let leaf = try #require(decoder.parameters[name])
      let product = try #require(second.cotangent(leaf))
      weighted -= Element.productSum(decoder.tape.value(leaf), product)
      curvature += Element.productSum(gradient, product)
    }
    let (grasp, ghg) = (try #require(values["grasp/linear"]?.double), try #require(values["gHg/linear"]?.double))
    #expect(abs(weighted - grasp) < 10 * tolerance * abs(grasp))
    #expect(abs(curvature - ghg) < 10 * tolerance * abs(ghg))
  }

  @Test(.needsRecordedNetworks) func recordedInDouble() throws { try check(Double.self, tolerance: 1e-11) }

  @Test(.needsRecordedNetworks) func recordedInSingle() throws { try check(Float.self, tolerance: 2e-5) }

  /// Without weights, every token is as likely as every other; the future of a token changes nothing before it.
  @Test func noWeights() {
    let names = [("wte.emb_layers.0.weight", 7, 4), ("wpe.weight", 5, 4), ("ln_f.weight", 1, 4), ("ln_f.bias", 1, 4)]
    let weights = (names + [("lm_head.out_layers_biases.0", 1, 7)]).map {
      (name: $0.0, rows: $0.1, columns: $0.2, values: [Double](repeating: 0, count: $0.1 * $0.2))
    }
    let decoder = SmallDecoder<Double>(weights, batch: 2, steps: 5)
    let loss = decoder.loss([0, 1, 2, 3, 4, 5, 6, 0, 1, 2], heads: [])
    #expect(abs(decoder.tape.value(loss)[0, 0] - 1.945910149055313) < 1e-15)
  }
}

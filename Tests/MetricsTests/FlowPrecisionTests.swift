import Networks
import Outcomes
import SearchSpaces
import Sizes
import Tensors
import Testing

@testable import Metrics

/// Networks of magnitudes run in double precision; that of Transformer-XL against plain loops.
@Suite struct FlowPrecisionTests {
  private static let metrics = ["synflow", "log-synflow", "abslog-synflow"]

  /// Weights are drawn in single precision: with no arithmetic left in it, both precisions have the same bits.
  @Test func flowsDoNotDependOnThePrecision() throws {
    for architecture in try SmallTransformers.all() {
      let values = try NumericPrecision.allCases.map {
        try SmallTransformers.measure(architecture, Self.metrics, precision: $0)
      }
      for metric in Self.metrics {
        let (single, double) = (try #require(values[0][metric]).get(), try #require(values[1][metric]).get())
        #expect(single == double && single > 0, "\(metric) of \(architecture.kind)")
      }
    }
  }

  /// A linear recurrence: each step multiplies what flows by about half the root of the hidden size.
  @Test func longProductsHaveAFlow() throws {
    let architecture = try RecurrentArchitectures(
      LanguageModelSettings(vocabularySize: 11, embeddingSize: 64, hiddenSize: 64, layerCount: 1)
    ).architecture(#"{"h_new_0": {"op": "linear", "input": ["x", "h_prev_0"]}}"#, source: "cell")
    let found = try SmallTransformers.measure(
      architecture, Self.metrics, TokenBatch(sequenceLength: 80, batchSize: 1, ids: [Int32](repeating: 3, count: 80)),
      precision: .float32)
    let flow = try #require(found["synflow"]).get()
    #expect(flow > Double(Float.greatestFiniteMagnitude), "\(flow)")
    for metric in Self.metrics { #expect(found[metric]?.value != nil, "\(metric)") }
  }

  /// R of Transformer-XL: attention gives each token the mean of the values up to its own, normalisation x·|γ| + |β|, the rectifier
  /// nothing; queries, keys and distances carry no flow, and all that flows passes the head's matrices.
  @Test func transformerXL() throws {
    let architecture = try SmallTransformers.decoder(.transformerXL)
    let flow = LinearisedFlow()
    let worker = MeasurementWorker(metrics: [flow])
    let tokens = try SmallTransformers.tokens(sequenceLength: 5, batchSize: 2)
    let request = MeasurementRequest(
      architecture: architecture, metrics: ["flow"], precision: .float64, seed: 3, tokens: tokens)
    let found = try #require(try worker.measure(request).outcomes.first).outcome.get()
    let seen = flow.seen
    func weight(_ name: String) throws -> [[Double]] { try #require(seen.weights[name], "\(name)") }
    func times(_ rows: [[Double]], _ name: String) throws -> [[Double]] {
      let (matrix, bias) = (try weight("\(name).weight"), seen.weights["\(name).bias"]?.first)
      return rows.map { row in
        matrix.enumerated().map { index, column in
          zip(row, column).reduce(bias?[index] ?? 0) { $0 + $1.0 * $1.1 }
        }
      }
    }
    func sum(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { zip(a, b).map { zip($0, $1).map { $0 + $1 } } }
    func normalised(_ rows: [[Double]], _ name: String) throws -> [[Double]] {
      let (gain, bias) = (try weight("\(name).weight")[0], try weight("\(name).bias")[0])
      return rows.map { row in row.indices.map { row[$0] * gain[$0] + bias[$0] } }
    }
    var x = [[Double]](repeating: [Double](repeating: 1, count: 8), count: 5)
    for layer in 0..<2 {
      let (attention, inner) = ("layers.\(layer).dec_attn", "layers.\(layer).pos_ff")
      let values = try times(x, "\(attention).qkv_net").map { Array($0[16...]) }
      let means = values.indices.map { step in
        (0..<8).map { unit in values[...step].reduce(0) { $0 + $1[unit] } / Double(step + 1) }
      }
      x = try normalised(sum(x, try times(means, "\(attention).o_net")), "\(attention).layer_norm")
      let outer = try times(times(x, "\(inner).CoreNet.0"), "\(inner).CoreNet.3")
      x = try normalised(sum(x, outer), "\(inner).layer_norm")
    }
    // The first cluster's logits, then those of the others, of the hidden states in the width of the embedding.
    let projection = seen.weights["crit.out_projs.0"]
    let narrow = x.map { row in
      projection.map { matrix in
        matrix[0].indices.map { unit in row.indices.reduce(0) { $0 + row[$1] * matrix[$1][unit] } }
      }
        ?? row
    }
    let vectors = try weight("word_emb.emb_layers.0.weight")[..<10] + weight("crit.cluster_weight")
    let biases = try weight("crit.out_layers_biases.0")[0][..<10] + weight("crit.cluster_bias")[0]
    let logits = narrow.map { row in
      zip(vectors, biases).map { vector, bias in zip(row, vector).reduce(bias) { $0 + $1.0 * $1.1 } }
    }
    let total = logits.flatMap(\.self).reduce(0, +)
    #expect(found > 0 && abs(found - total) <= 1e-12 * total, "\(found), \(total)")
    // Biases start at 0, so that R is linear in the head's vectors.
    let head = try ["word_emb.emb_layers.0.weight", "crit.cluster_weight"].map { name in
      zip(try weight(name), try #require(seen.gradients[name])).reduce(0) { sum, rows in
        sum + zip(rows.0, rows.1).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    #expect(abs(head[0] + head[1] - total) <= 1e-12 * total)
    for layer in 0..<2 {
      let joined = try #require(seen.gradients["layers.\(layer).dec_attn.qkv_net.weight"])
      #expect(
        joined[..<16].allSatisfy { $0.allSatisfy { $0 == 0 } } && joined[16...].allSatisfy { $0.contains { $0 > 0 } })
      #expect(seen.gradients["layers.\(layer).dec_attn.r_net.weight"] == nil)
    }
  }
}

/// R of the linearised network of magnitudes; what it was computed from is kept.
private struct LinearisedFlow: Metric {
  final class Seen: @unchecked Sendable {
    var weights: [String: [[Double]]] = [:]
    var gradients: [String: [[Double]]] = [:]
  }

  let seen = Seen()
  let description = MetricDescription(
    id: "flow", title: "Flow", summary: "Flow.", formula: "R", reference: "tanaka2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Metrics.Reading<Double>] {
    [
      passes.magnitudes().gradients(.flow).parameters(in: .all) { [seen] (parameters, gradients) throws(Reason) in
        func rows(_ tensor: Tensor<Double>) -> [[Double]] {
          (0..<tensor.rows).map { tensor.rows($0..<$0 + 1).elements }
        }
        for parameter in parameters {
          seen.weights[parameter.name] = rows(parameter.weight)
          seen.gradients[parameter.name] = parameter.gradient.map(rows)
        }
        let start = try Cotangent.flow.start(gradients.trace, seed: 777, gradients.workspace)
        return Double.productSum(start.cotangent, gradients.trace.tape.value(start.variable))
      }
    ]
  }
}

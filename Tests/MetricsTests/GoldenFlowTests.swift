import Documents
import Networks
import Outcomes
import Sizes
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// SynFlow and its kin on transformers against values recorded in PyTorch: each reading of the network of magnitudes, with its
/// scalar output and the flow through every tensor.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenFlowTests {
  @Test(arguments: GoldenTransformer.encoders + GoldenTransformer.gpt2, NumericPrecision.allCases)
  func readings(_ model: GoldenTransformer, _ precision: NumericPrecision) throws {
    let recorded = try #require(model.node[precision == .float64 ? "float64" : "float32"])
    var all = GoldenExpectations(precision)
    for reading in MagnitudeReading.allCases where reading.kinds.contains(model.architecture.kind) {
      let node = try #require(recorded["synflow_\(reading.rawValue.replacingOccurrences(of: "-", with: "_"))"])
      let isLinear = reading == .linearised
      for scope in ["linear", "weights"] {
        let suffix = reading.suffix + (scope == "linear" ? "-linear" : "")
        try all.add("synflow\(suffix)", node, "synflow/\(scope)", single: isLinear ? 1e-6 : 1e-4)
        try all.add("log-synflow\(suffix)", node, "logsynflow_log1p/\(scope)", single: isLinear ? 1e-6 : 1e-3)
        try all.add("abslog-synflow\(suffix)", node, "logsynflow_abslog/\(scope)", single: isLinear ? 1e-6 : 1e-3)
      }
      try all.add("magnitude-dss\(reading.suffix)", node, "dss", single: isLinear ? 2e-5 : 1e-4)
    }
    try all.check(model)
  }

  /// R, the flow of each tensor, and the gradients that are zero.
  @Test(arguments: GoldenTransformer.encoders + GoldenTransformer.gpt2)
  func flows(_ model: GoldenTransformer) throws {
    for reading in MagnitudeReading.allCases where reading.kinds.contains(model.architecture.kind) {
      let key = "synflow_\(reading.rawValue.replacingOccurrences(of: "-", with: "_"))"
      let node = try #require(model.node["float64"]?[key])
      let seen = FlowMetric.Seen()
      _ = try model.measure(
        ["flow"], .float64, worker: MeasurementWorker(metrics: [FlowMetric(reading: reading, seen: seen)]))
      let output = try #require(node["R"]?.double)
      #expect(abs(try #require(seen.output) - output) <= 1e-10 * abs(output), "\(key) R")
      let flows = try #require(node["flow"]?.entries)
      for entry in flows {
        let flow = try #require(entry.value.double)
        // Projections of embeddings are not read where ones stand in place of these.
        #expect(abs((seen.flows[entry.key] ?? 0) - flow) <= 1e-10 * flow, "\(key) \(entry.key)")
      }
      #expect(Set(seen.flows.keys).isSubset(of: flows.map(\.key)))
      let zeros = try #require(node["zero_gradients"]?.elements).map { pair in
        "\(pair.elements?.first?.text ?? ""): \(pair.elements?.last?.integer ?? -1)"
      }
      let ofRead = zeros.filter { zero in seen.flows.keys.contains { zero.hasPrefix("\($0): ") } }
      #expect(Set(ofRead) == Set(seen.zeros.filter { $0.value > 0 }.map { "\($0.key): \($0.value)" }), "\(key)")
    }
  }

  /// Behind a normalisation the plain sum of the outputs is a constant: what flows is rounding.
  @Test(arguments: GoldenTransformer.encoders) func onesAreDegenerate(_ model: GoldenTransformer) throws {
    let seen = FlowMetric.Seen()
    _ = try model.measure(
      ["flow"], .float64, worker: MeasurementWorker(metrics: [FlowMetric(reading: .kept, seen: seen, cotangent: .ones)])
    )
    let kept = try #require(model.node["float64"]?["synflow_kept"]?["synflow/weights"]?.double)
    #expect(seen.flows.values.reduce(0, +) < 1e-10 * kept)
  }
}

/// What flows through each tensor of a network of magnitudes; its value is the sum.
private struct FlowMetric: Metric {
  /// What was found.
  final class Seen: @unchecked Sendable {
    var output: Double?
    var flows: [String: Double] = [:]
    var zeros: [String: Int] = [:]
  }

  let reading: MagnitudeReading
  let seen: Seen
  var cotangent = Cotangent.flow
  let description = MetricDescription(
    id: "flow", title: "Flow", summary: "Flow.", formula: "Σ", reference: "tanaka2020")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Metrics.Reading<Double>] {
    [
      passes.magnitudes(reading).gradients(cotangent).parameters(in: .weights) {
        [seen, cotangent] (parameters, gradients) throws(Reason) in
        let start = try cotangent.start(gradients.trace, seed: 777, gradients.workspace)
        seen.output = Double.productSum(start.cotangent, gradients.trace.tape.value(start.variable))
        for parameter in parameters {
          seen.flows[parameter.name] = parameter.gradient.map { Double.magnitudeProductSum(parameter.weight, $0) } ?? 0
          seen.zeros[parameter.name] =
            parameter.gradient.map { $0.elements.count { $0 == 0 } } ?? parameter.weight.count
        }
        return seen.flows.values.reduce(0, +)
      }
    ]
  }
}

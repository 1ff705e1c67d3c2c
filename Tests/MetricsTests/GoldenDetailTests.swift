import Documents
import Networks
import Outcomes
import Sizes
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// What metrics of transformers are made of, against values recorded in PyTorch: losses of single sequences, gradients of hidden
/// states, eigenvalues of tangent kernels, determinants of signs.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenDetailTests {
  private func isClose(_ value: Double, _ expected: Double?, _ tolerance: Double = 1e-11) -> Bool {
    guard let expected else { return false }
    return abs(value - expected) <= tolerance * abs(expected)
  }

  private func objectives(_ model: GoldenTransformer) -> [(cotangent: Cotangent, key: String)] {
    [
      (.random, "cotangent"),
      (model.architecture.kind == .encoder ? .maskedLanguageModel : .languageModel, model.loss.key),
    ]
  }

  @Test(arguments: GoldenTransformer.all) func parts(_ model: GoldenTransformer) throws {
    for (cotangent, key) in objectives(model) {
      let recorded = try #require(model.node["float64"]?[key])
      let seen = Parts.Seen()
      let metric = Parts(cotangent: cotangent, seen: seen)
      _ = try model.measure(["parts"], .float64, worker: MeasurementWorker(metrics: [metric]))
      let gradients = try #require(recorded["hidden_gradient_abs_sums"]?.elements).map(\.double)
      // A sweep passes the last state first.
      #expect(gradients.count == seen.gradients.count)
      for (sum, expected) in zip(seen.gradients.reversed(), gradients) {
        #expect(isClose(sum, expected), "\(model) \(key)")
      }
      for scope in ["weights", "all"] {
        let values = try #require(recorded["ntk_eigenvalues/\(scope)"]?.elements).map(\.double)
        let found = try #require(seen.eigenvalues[scope])
        #expect(found.count == values.count)
        for (value, expected) in zip(found.reversed(), values) { #expect(isClose(value, expected), "\(model) \(key)") }
      }
      let rows = try #require(recorded["eznas_rows"]?.elements)
      #expect(rows.count == seen.determinants.count)
      for row in rows {
        let row = try #require(row.elements)
        let found = try #require(seen.determinants[row.first?.text ?? ""])
        if let expected = row.last?.double {
          #expect(isClose(try #require(found), expected, 1e-10), "\(model) \(key)")
        } else {
          #expect(found == nil, "\(model) \(key) \(row.first?.text ?? "")")
        }
      }
    }
  }

  @Test(arguments: GoldenTransformer.all) func losses(_ model: GoldenTransformer) throws {
    let workspace = Workspace()
    try checkLosses(
      model,
      model.architecture.network(of: Double.self, seed: 2023, wantsGradients: false, workspace: workspace), workspace)
  }

  private func checkLosses(
    _ model: GoldenTransformer, _ network: any Network<Double>, _ workspace: Workspace
  ) throws {
    let recorded = try #require(model.node["float64"]?[model.loss.key])
    let loss: Loss = model.architecture.kind == .encoder ? .maskedLanguageModel : .languageModel
    func value(_ tokens: TokenBatch) throws -> Double {
      let trace = network.forward(network.input(tokens), ForwardRequest(losses: [loss]))
      return trace.tape.value(try #require(trace.losses[loss]))[0, 0]
    }
    #expect(isClose(try value(model.tokens), recorded["loss"]?.double))
    let single = try #require(recorded["per_sequence_loss"]?.elements).map(\.double)
    #expect(single.count == model.tokens.batchSize)
    for (tokens, expected) in zip(model.tokens.parts(of: 1), single) { #expect(isClose(try value(tokens), expected)) }
  }
}

/// A metric that keeps what others add up.
private struct Parts: Metric {
  /// What was found.
  final class Seen: @unchecked Sendable {
    /// Σ |∂L/∂x| of hidden states, as a sweep passes them.
    var gradients: [Double] = []
    /// By scope, ascending.
    var eigenvalues: [String: [Double]] = [:]
    /// By name, nil where the signs of the gradient are singular.
    var determinants: [String: Double?] = [:]
  }

  let cotangent: Cotangent
  let seen: Seen
  let description = MetricDescription(
    id: "parts", title: "Parts", summary: "Parts.", formula: "Σ", reference: "shu2022")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Metrics.Reading<Double>] {
    let gradients = passes.gradients(cotangent)
    var readings: [Metrics.Reading<Double>] = [ProbeKind.normalisedStates, .states, .embedded].map { kind in
      gradients.sum(overEach: kind) { [seen] probe in
        let magnitude: Tensor<Element> = probe.workspace.tensor(probe.gradient.rows, probe.gradient.columns)
        Element.magnitude(probe.gradient, into: magnitude)
        seen.gradients.append(Element.sum(magnitude))
        return 0
      }
    }
    readings.append(
      gradients.parameters(in: passes.kind == .encoder ? .operation : .layers) {
        [seen] (parameters, gradients) throws(Reason) in
        for parameter in parameters {
          var logarithm: Double?
          if let gradient = parameter.gradient {
            logarithm = try EZNAS.logDeterminant(gradient, gradients.workspace)
          }
          seen.determinants.updateValue(logarithm, forKey: parameter.name)
        }
        return 0
      })
    // Every state has a gradient that somebody wants.
    readings.append(gradients.sum(over: .all) { _, _ in 0 })
    for scope in [ParameterScope.weights, .all] {
      readings.append(
        passes.tangentKernel(cotangent, scope).map { [seen] (eigenvalues) throws(Reason) in
          seen.eigenvalues[scope.rawValue] = eigenvalues
          return 0
        })
    }
    return [
      Reading { () throws(Reason) in
        for reading in readings { _ = try? reading.value() }
        return 0
      }
    ]
  }
}

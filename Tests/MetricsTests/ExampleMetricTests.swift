import Foundation
import Networks
import Outcomes
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// The Frobenius norm of the gradient with regard to the input (Novak et al. 2018): the metric that the module's README
/// writes as an example.
private struct InputGradientNorm: Metric {
  let description = MetricDescription(
    id: "input-gradient-norm", title: "Input gradient norm",
    summary: "How much the outputs change with the embedded tokens.",
    formula: "‖∂Σy/∂embedding‖₂", better: .lower, reference: "novak2018")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.gradients(choice.cotangent).input { (gradient, _) throws(Reason) in
        Element.squareSum(gradient).squareRoot()
      }
    ]
  }
}

/// A metric is one type: no pass, worker or request has to know of it.
@Suite struct ExampleMetricTests {
  @Test(arguments: SampleCells.names) func metricsOfOthersAreMeasured(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let gradient = sample.inputGradient(sample.network)
    let worker = MeasurementWorker(metrics: MetricCatalog.metrics + [InputGradientNorm()])
    var request = sample.request
    request.metrics = ["snip", "input-gradient-norm"]
    let outcomes = try worker.measure(request).outcomes
    #expect(outcomes.map(\.column) == request.metrics)
    #expect(isClose(outcomes[1].outcome.value, dot(gradient, gradient).squareRoot(), 1e-7))
    #expect(throws: MetricError(Reason("there is no metric input-gradient-norm"))) {
      try MeasurementWorker().measure(request)
    }
  }

  @Test func readmeHasTheExample() throws {
    let example = try #require(
      try ReadmeExample.declaration("struct InputGradientNorm", in: "MetricsTests/ExampleMetricTests.swift"))
    #expect(try ReadmeExample.readme(of: "Metrics").contains(example))
  }
}

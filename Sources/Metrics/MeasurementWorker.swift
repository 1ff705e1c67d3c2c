import Networks
import Outcomes
import Tensors

/// Measures one architecture after another on one thread, in memory that is used again.
package final class MeasurementWorker {
  private let workspace = Workspace()
  private let noise = NoiseCache()

  /// Creates a worker; it holds no memory before the first measurement.
  package init() {}

  /// The kernels that this process computes with. Values do not depend on them.
  package static var kernels: String { KernelPath.current.description }

  /// Why the kernels that the environment names cannot be had; nil when they can.
  package static var kernelsRefused: String? { KernelPath.refusal.map { "\(KernelPath.variable): \($0)" } }

  /// Measures.
  ///
  /// - Throws: `MetricError` for an unknown metric, a recipe that cannot be evaluated at these sizes, tokens beyond the
  ///   vocabulary, a seed out of range, or memory that the machine does not give.
  package func measure(_ request: MeasurementRequest) throws(MetricError) -> MeasurementResult {
    var metrics: [any Metric] = []
    for id in request.metrics {
      guard let metric = MetricCatalog.metric(id) else { throw MetricError("there is no metric \(id)") }
      metrics.append(metric)
    }
    guard let seed = UInt32(exactly: request.seed) else {
      throw MetricError("the seed \(request.seed) is not 0 … 4,294,967,295")
    }
    if let id = request.tokens.ids.first(where: { Int($0) >= request.settings.vocabularySize }) {
      throw MetricError("token \(id) is beyond a vocabulary of \(request.settings.vocabularySize)")
    }
    let needs = metrics.reduce(into: Set<MetricNeed>()) { $0.formUnion($1.needs(in: request.protocolName)) }
    // Counts of the architecture need no network, and so none of its memory.
    var need = 0
    if !needs.isSubset(of: [.architecture]) {
      do throws(Reason) {
        try LanguageModel<Float>.check(request.recipe, settings: request.settings, tokens: request.tokens)
      } catch {
        throw MetricError(error.text)
      }
      need = MemoryNeed.bytes(of: request)
    }
    do throws(MemoryRefused) { try workspace.beginWork(need) } catch {
      throw MetricError(
        "the machine does not give the memory that this may take, \(need >> 20) MiB: measure a smaller network or batch",
        isOfMachine: true)
    }
    defer { workspace.endWork() }
    workspace.resetPeak()
    let clock = ContinuousClock()
    let start = clock.now
    let operations = ProductCounter.count
    let quantities: Quantities
    switch request.precision {
    case .float32: quantities = QuantityRunner<Float>(request, seed, needs, workspace, noise).run()
    case .float64: quantities = QuantityRunner<Double>(request, seed, needs, workspace, noise).run()
    }
    let outcomes = metrics.flatMap { metric in
      let id = metric.description.id
      let columns = MetricCatalog.columns(for: [id], settings: request.settings).map(\.name)
      let outcomes = metric.evaluate(quantities, request)
      precondition(outcomes.count == columns.count, "\(id): \(outcomes.count) outcomes, \(columns.count) columns")
      return zip(columns, outcomes).map { (column: $0, outcome: $1) }
    }
    let elapsed = clock.now - start
    workspace.giveBackAll()
    return MeasurementResult(
      outcomes: outcomes, seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
      peakBytes: workspace.peakBytes, floatingPointOperations: Double(ProductCounter.count - operations))
  }
}

import Networks
import Outcomes
import Tensors

/// Measures one architecture after another on one thread, in memory that is used again.
package final class MeasurementWorker {
  private let metrics: [any Metric]
  private let workspace = Workspace()
  private let noise = NoiseCache()

  /// Creates a worker; it holds no memory before the first measurement.
  ///
  /// - Parameter metrics: What can be asked for by id.
  package init(metrics: [any Metric] = MetricCatalog.metrics) { self.metrics = metrics }

  /// The kernels that this process computes with. Values do not depend on them.
  package static var kernels: String { KernelPath.current.description }

  /// The reason why the kernels that the environment names cannot be had; nil when they can.
  package static var kernelsRefused: String? { KernelPath.refusal.map { "\(KernelPath.variable): \($0)" } }

  /// Measures the metrics of a request on its architecture.
  ///
  /// - Throws: `MetricError` for an unknown metric, an architecture that cannot be evaluated at these sizes, tokens beyond
  ///   the vocabulary, a seed out of range, or memory that the machine does not give.
  package func measure(_ request: MeasurementRequest) throws(MetricError) -> MeasurementResult {
    let descriptions = metrics.map(\.description)
    var asked: [(metric: any Metric, selection: MetricSelection)] = []
    for name in request.metrics {
      guard let selection = MetricSelection(name, in: descriptions),
        let metric = metrics.first(where: { $0.description.id == selection.id })
      else {
        throw MetricError(Reason("there is no metric \(name)"))
      }
      asked.append((metric, selection))
    }
    for metric in request.others {
      if let selection = MetricSelection(metric.description.id, in: [metric.description]) {
        asked.append((metric, selection))
      }
    }
    guard let seed = UInt32(exactly: request.seed) else {
      throw MetricError(Reason("the seed \(request.seed) is not 0 … 4,294,967,295"))
    }
    let vocabularySize = request.architecture.vocabularySize
    if let id = request.tokens.ids.first(where: { Int($0) >= vocabularySize }) {
      throw MetricError(Reason("token \(id) is beyond a vocabulary of \(vocabularySize)"))
    }
    switch request.precision {
    case .float32: return try measure(request, asked, seed, Float.self)
    case .float64: return try measure(request, asked, seed, Double.self)
    }
  }

  private func measure<Element: TensorElement>(
    _ request: MeasurementRequest, _ metrics: [(metric: any Metric, selection: MetricSelection)], _ seed: UInt32,
    _: Element.Type
  ) throws(MetricError) -> MeasurementResult {
    let kind = request.architecture.kind
    let passes = Passes<Element>(
      kind, protocolName: request.protocolName, layerCount: request.layerCount ?? request.architecture.layerCount)
    let columns = metrics.flatMap { metric, selection in
      let columns = metric.description.columns(layerCount: passes.layerCount, selection)
      guard metric.description.kinds.contains(kind) else {
        return columns.map { column in
          (
            name: column.name,
            reading: Reading<Double> { () throws(Reason) in throw Reason("it is not defined for \(kind.title)") }
          )
        }
      }
      let readings = metric.values(passes, selection.choice(for: kind, prefersLoss: metric.description.prefersLoss))
      precondition(
        readings.count == columns.count,
        "\(metric.description.id): \(readings.count) readings, \(columns.count) columns")
      return zip(columns, readings).map { (name: $0.name, reading: $1) }
    }
    // Counts of the architecture need no network, and so none of its memory.
    var need = 0
    if passes.needsNetwork {
      do throws(Reason) { need = try MemoryNeed.bytes(of: request, passes.needs) } catch { throw MetricError(error) }
    }
    do throws(MemoryRefused) { try workspace.beginWork(need) } catch {
      throw MetricError(
        Reason(
          "the machine does not give the memory that this may take, \(need >> 20) MiB: measure a smaller network or batch"
        ), isOfMachine: true)
    }
    defer { workspace.endWork() }
    workspace.resetPeak()
    let clock = ContinuousClock()
    let start = clock.now
    let operations = ProductCounter.count
    passes.run(request, seed: seed, noise: noise, workspace: workspace)
    let outcomes = columns.map { column in
      (column: column.name, outcome: Outcome<Double>.of { () throws(Reason) in try column.reading.value() })
    }
    let elapsed = clock.now - start
    workspace.giveBackAll()
    return MeasurementResult(
      outcomes: outcomes.map { ($0.column, $0.outcome.flatMap { Outcome(finite: $0) }) },
      seconds: elapsed / .seconds(1),
      peakBytes: workspace.peakBytes, floatingPointOperations: Double(ProductCounter.count - operations))
  }
}

/// A bound of the memory that a measurement takes, to be asked for before it begins.
enum MemoryNeed {
  /// Bytes that metrics of some needs take at most, whatever else they read.
  ///
  /// Weights lie in three layouts, once more as magnitudes in double precision, and have gradients (7 · matrices, 4 · vocabulary; of
  /// the magnitudes 4 and 2 more where the network is in single precision, and the values of their one sequence); values of a
  /// pass have cotangents, tangents and theirs (4 · values; of a transformer 2 · values where no Hessian is wanted, and what a
  /// loss keeps where there is one); scores work in double precision on a few matrices of the size of the states [T·B, w], on
  /// w² and on B²; the tangent kernel of recurrent cells takes its gradients in blocks, others a row of all parameters for each
  /// sequence. A test holds peaks against it.
  ///
  /// - Throws: `Reason` when the network is larger than any that is measured.
  static func bytes(
    of request: MeasurementRequest, _ needs: Set<MetricNeed> = Set(MetricNeed.allCases)
  ) throws(Reason) -> Int {
    let extent = try request.architecture.extent(request.tokens)
    let (tokens, batchSize, width) = (request.tokens.ids.count, request.tokens.batchSize, extent.width)
    let isRecurrent = request.architecture.kind == .recurrentCell
    let samples =
      isRecurrent || !needs.contains(.sampleGradients) ? 0 : batchSize * (extent.matrices + extent.vocabulary)
    let isFirstOrder = !isRecurrent && !needs.contains(.hessianVectorProduct)
    let hasLoss = needs.contains(.loss) || needs.contains(.magnitudeNetwork)
    let values = (isFirstOrder ? 2 : 4) * (extent.values + (hasLoss ? extent.lossValues : 0))
    let tangents = min(2_000_000 + batchSize * width, batchSize * width * width) + batchSize * batchSize
    let element = request.precision == .float64 ? 8 : 4
    let widened =
      request.precision == .float32 && needs.contains(.magnitudeNetwork)
      ? 4 * extent.matrices + 2 * extent.vocabulary + values / max(1, batchSize) : 0
    return element * (widened + 7 * extent.matrices + 4 * extent.vocabulary + values + tangents + samples)
      + 8 * (6 * tokens * width + 3 * width * width + 4 * batchSize * batchSize)
      + 65_536 * extent.blocks
  }
}

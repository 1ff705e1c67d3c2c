import Datasets
import Diagnostics
import Measurements
import Metrics
import Networks
import Outcomes
import Proxies
import Sizes
import Tables

/// The engine with its tokens loaded.
struct EngineSession: MeasuringSession {
  private let settings: MeasureSettings
  private let space: any ArchitectureSpace
  private let text: TokenText
  private let proxies: [SymbolicMetric]

  init(_ settings: MeasureSettings, space: any ArchitectureSpace, text: TokenText) {
    self.settings = settings
    self.space = space
    self.text = text
    proxies = settings.proxies.map { proxy in
      SymbolicMetric(
        proxy.program, name: proxy.name, title: proxy.title, better: proxy.better, cotangent: proxy.cotangent,
        defects: proxy.defects)
    }
  }

  var textDigest: String? { if case .corpus(let corpus, _) = text { corpus.digest } else { nil } }

  func checkBatch(_ index: Int) throws(DiagnosticsError) { _ = try tokens(index, settings.vocabulary) }

  func architecture(_ text: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture {
    let architecture = try space.architecture(text, source: source)
    return MeasuredArchitecture(text: architecture.text, features: architecture.features.map { .real($0.value) })
  }

  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String] {
    do throws(Reason) { return try space.sample(count: count, seed: seed).map(\.text) } catch {
      throw DiagnosticsError([
        Diagnostic(id: "no-sample", message: error.text, fix: "sample fewer architectures")
      ])
    }
  }

  func makeWorker() -> any ArchitectureWorker { makeEngineWorker() }

  /// A worker that knows more than evaluations.
  func makeEngineWorker() -> EngineWorker { EngineWorker(self) }

  /// The tokens of batch number `index`, in the shape that the settings give.
  fileprivate func tokens(_ index: Int, _ vocabularySize: Int) throws(DiagnosticsError) -> TokenBatch {
    let window = try text.batch(
      index, sequenceLength: settings.tokens.steps, batchSize: settings.tokens.columns, vocabularySize: vocabularySize)
    do throws(Reason) {
      let batch = try TokenBatch(sequenceLength: window.sequenceLength, batchSize: window.batchSize, ids: window.ids)
      return settings.tokens.order == .reversed ? batch.reversed() : batch
    } catch {
      throw DiagnosticsError([Diagnostic(id: "bad-batch", message: error.text, fix: "choose other sizes")])
    }
  }

  /// The measurement of a request's architecture and seed, with the metrics, protocol and precision of the settings.
  fileprivate func request(
    _ request: EvaluationRequest, tokens: (_ vocabularySize: Int) throws(DiagnosticsError) -> TokenBatch
  ) throws(DiagnosticsError) -> MeasurementRequest {
    let architecture = try space.architecture(request.architecture.text, source: "architecture")
    var measurement = MeasurementRequest(
      architecture: architecture, metrics: settings.metrics, protocolName: settings.metricProtocol,
      precision: settings.precision, seed: request.seed, tokens: try tokens(architecture.vocabularySize))
    measurement.others = proxies
    measurement.layerCount = space.layerCount
    measurement.cotangentSeed = UInt64(max(0, settings.network.cotangentSeed))
    return measurement
  }
}

/// A worker for one thread; it keeps the batches that it has read.
final class EngineWorker: ArchitectureWorker {
  private let session: EngineSession
  private let worker = MeasurementWorker()
  private var batches: [[Int]: TokenBatch] = [:]

  fileprivate init(_ session: EngineSession) { self.session = session }

  func measure(_ request: EvaluationRequest) throws(EvaluationFailure) -> Evaluation {
    let measurement = try self.measurement(request)
    do throws(MetricError) {
      let result = try worker.measure(measurement)
      return Evaluation(
        outcomes: result.outcomes.map(\.outcome), seconds: result.seconds, peakBytes: result.peakBytes,
        floatingPointOperations: result.floatingPointOperations)
    } catch {
      throw EvaluationFailure(error.reason, isOfMachine: error.isOfMachine)
    }
  }

  private func measurement(_ request: EvaluationRequest) throws(EvaluationFailure) -> MeasurementRequest {
    do throws(DiagnosticsError) {
      return try session.request(request) { (vocabularySize) throws(DiagnosticsError) in
        try tokens(request.batch, vocabularySize)
      }
    } catch {
      throw EvaluationFailure(Reason(error.diagnostics.first?.message ?? "\(error)"), isOfMachine: false)
    }
  }

  /// What a search for proxies needs of an architecture.
  func proxyFeatures(
    _ request: EvaluationRequest, inputs: [ProxyInput], cotangent: Cotangent?
  ) throws(EvaluationFailure) -> ProxyFeatures {
    let metric = ProxyFeatureMetric(inputs, cotangent: cotangent)
    var measurement = try self.measurement(request)
    (measurement.metrics, measurement.others) = ([], [metric])
    let result: MeasurementResult
    do throws(MetricError) { result = try worker.measure(measurement) } catch {
      throw EvaluationFailure(error.reason, isOfMachine: error.isOfMachine)
    }
    if let features = metric.features { return features }
    throw EvaluationFailure(
      result.outcomes.first?.outcome.reason ?? Reason("there are no features"), isOfMachine: false)
  }

  private func tokens(_ index: Int, _ vocabularySize: Int) throws(DiagnosticsError) -> TokenBatch {
    if let batch = batches[[index, vocabularySize]] { return batch }
    let batch = try session.tokens(index, vocabularySize)
    batches[[index, vocabularySize]] = batch
    return batch
  }
}

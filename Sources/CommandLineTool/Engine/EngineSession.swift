import Datasets
import Diagnostics
import Metrics
import Networks
import Outcomes
import Runner
import SearchSpaces
import Tables

/// The engine with its tokens loaded.
struct EngineSession: MeasuringSession {
  private let settings: MeasureSettings
  private let space: any ArchitectureSpace
  private let text: TokenText

  init(_ settings: MeasureSettings, space: any ArchitectureSpace, text: TokenText) {
    self.settings = settings
    self.space = space
    self.text = text
  }

  func architecture(_ recipe: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture {
    let architecture = try space.architecture(recipe, source: source)
    return MeasuredArchitecture(text: architecture.text, features: architecture.features.map { .real($0.value) })
  }

  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String] {
    do throws(Reason) { return try space.sample(count: count, seed: seed).map(\.text) } catch {
      throw DiagnosticsError([
        Diagnostic(id: "no-sample", message: error.text, fix: "sample fewer architectures")
      ])
    }
  }

  func makeWorker() -> any ArchitectureWorker { EngineWorker(settings, space: space, text: text) }
}

/// Measures on one thread.
final class EngineWorker: ArchitectureWorker {
  private let settings: MeasureSettings
  private let space: any ArchitectureSpace
  private let text: TokenText
  private let worker = MeasurementWorker()
  private var batches: [Int: TokenBatch] = [:]

  init(_ settings: MeasureSettings, space: any ArchitectureSpace, text: TokenText) {
    self.settings = settings
    self.space = space
    self.text = text
  }

  func measure(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) throws(Reason) -> Evaluation {
    do {
      let request = MeasurementRequest(
        architecture: try space.architecture(architecture.text, source: "recipe"), metrics: settings.metrics,
        protocolName: settings.metricProtocol == .notebook ? .notebook : .results,
        precision: settings.precision == .float64 ? .float64 : .float32, seed: seed, tokens: try tokens(batch))
      let result = try worker.measure(request)
      return Evaluation(
        outcomes: result.outcomes.map { item in
          switch item.outcome {
          case .success(let number): .value(number)
          case .failure(let reason): .undefined(reason.text)
          }
        }, seconds: result.seconds, peakBytes: result.peakBytes)
    } catch let error as MetricError where error.isOfMachine {
      throw error.reason
    } catch {
      let count = MetricCatalog.columns(for: settings.metrics, layerCount: space.layerCount).count
      let reason = (error as? DiagnosticsError)?.diagnostics.first?.message ?? "\(error)"
      return Evaluation(outcomes: Array(repeating: .undefined(reason), count: count), seconds: 0, peakBytes: 0)
    }
  }

  private func tokens(_ index: Int) throws -> TokenBatch {
    if let batch = batches[index] { return batch }
    let window = try text.batch(index, steps: settings.tokens.steps, columns: settings.tokens.columns)
    let batch = try TokenBatch(sequenceLength: window.steps, batchSize: window.columns, ids: window.ids)
    batches[index] = batch
    return batch
  }
}

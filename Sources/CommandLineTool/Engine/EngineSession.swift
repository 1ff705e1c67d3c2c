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
  private let network: LanguageModelSettings
  private let text: TokenText

  init(_ settings: MeasureSettings, network: LanguageModelSettings, text: TokenText) {
    self.settings = settings
    self.network = network
    self.text = text
  }

  func architecture(_ recipe: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture {
    let recipe = try RecipeParser.parse(recipe, file: source)
    return MeasuredArchitecture(text: recipe.json, features: recipe.features.map { .real($0.value) })
  }

  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String] {
    var sampler = RecipeSampler(seed: UInt64(bitPattern: Int64(seed)))
    do throws(Reason) { return try sampler.sample(count: count, distinct: true).map(\.json) } catch {
      throw DiagnosticsError([
        Diagnostic(id: "no-sample", message: error.text, fix: "sample fewer architectures")
      ])
    }
  }

  func makeWorker() -> any ArchitectureWorker { EngineWorker(settings, network: network, text: text) }
}

/// Measures on one thread.
final class EngineWorker: ArchitectureWorker {
  private let settings: MeasureSettings
  private let network: LanguageModelSettings
  private let text: TokenText
  private let worker = MeasurementWorker()
  private var batches: [Int: TokenBatch] = [:]

  init(_ settings: MeasureSettings, network: LanguageModelSettings, text: TokenText) {
    self.settings = settings
    self.network = network
    self.text = text
  }

  func measure(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) throws(Reason) -> Evaluation {
    do {
      let request = MeasurementRequest(
        recipe: try RecipeParser.parse(architecture.text, file: "recipe"), settings: network,
        metrics: settings.metrics, protocolName: settings.metricProtocol == .notebook ? .notebook : .results,
        precision: settings.precision == .float64 ? .float64 : .float32, seed: seed, tokens: try tokens(batch))
      let result = try worker.measure(request)
      return Evaluation(
        outcomes: result.outcomes.map { item in
          switch item.outcome {
          case .value(let number): .value(number)
          case .undefined(let reason): .undefined(reason)
          }
        }, seconds: result.seconds, peakBytes: result.peakBytes)
    } catch let error as MetricError where error.isOfMachine {
      throw Reason(error.reason)
    } catch {
      let count = MetricCatalog.columns(for: settings.metrics, settings: network).count
      let reason = (error as? DiagnosticsError)?.diagnostics.first?.message ?? "\(error)"
      return Evaluation(outcomes: Array(repeating: .undefined(reason), count: count), seconds: 0, peakBytes: 0)
    }
  }

  private func tokens(_ index: Int) throws -> TokenBatch {
    if let batch = batches[index] { return batch }
    let window = try text.batch(index, steps: settings.tokens.steps, columns: settings.tokens.columns)
    let batch = try TokenBatch(steps: window.steps, columns: window.columns, ids: window.ids)
    batches[index] = batch
    return batch
  }
}

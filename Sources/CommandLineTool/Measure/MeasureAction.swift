import Datasets
import Diagnostics
import Documents
import Metrics
import Networks
import Outcomes
import SearchSpaces

/// Measures recipes, and prints what came out.
struct MeasureAction {
  /// Recipe files; `-` is standard input.
  let files: [String]
  let settings: Settings
  let workers: Int
  let places: PlaceOptions
  let console: Console

  /// One measurement: an architecture with a seed and a batch.
  struct Item: Sendable {
    var architecture: NamedRecipe
    var seed: Int
    var batch: Int
    var tokens: TokenBatch
    /// The name for messages.
    var name: String { "\(architecture.name), seed \(seed), batch \(batch)" }
  }

  func run() async throws {
    let input = try read()
    if !console.isJSON { show(input.warnings) }
    let items = input.recipes.flatMap { recipe in
      settings.seeds.flatMap { seed in
        zip(settings.batches, input.batches).map { index, tokens in
          Item(architecture: recipe, seed: seed, batch: index, tokens: tokens)
        }
      }
    }
    let outcomes = await measure(items)
    let report = MeasureReport(
      settings: settings, textDigest: input.textDigest, items: items, outcomes: outcomes, warnings: input.warnings)
    if console.isJSON { console.data(report.json) } else { console.data(report.text) }
    var hasFailed = false
    for (item, outcome) in zip(items, outcomes) {
      guard case .failure(let error) = outcome else { continue }
      console.error(ConsoleWriter.visible("\(item.name): \(error)"))
      hasFailed = true
    }
    if hasFailed { throw ExitStatus.stepFailed }
  }

  /// What is measured.
  private struct Input {
    var recipes: [NamedRecipe] = []
    var warnings: [Diagnostic] = []
    /// One for each batch of the settings.
    var batches: [TokenBatch] = []
    /// SHA-256 of the text set; nil without one.
    var textDigest: String?
  }

  /// Recipes and tokens.
  ///
  /// - Throws: `DiagnosticsError` with the problems of both.
  private func read() throws(DiagnosticsError) -> Input {
    var input = Input()
    var problems: [Diagnostic] = []
    var kind = FailureKind.badInput
    func note(_ error: DiagnosticsError) {
      problems += error.diagnostics
      if error.kind == .missingInput { kind = .missingInput }
    }
    do throws(DiagnosticsError) { (input.recipes, input.warnings) = try RecipeFiles.read(files) } catch { note(error) }
    do throws(DiagnosticsError) {
      let text = try tokens()
      if case .corpus(let corpus, _) = text { input.textDigest = corpus.digest }
      for index in settings.batches {
        do throws(DiagnosticsError) {
          let window = try text.batch(index, steps: settings.steps, columns: settings.columns)
          input.batches.append(try Self.batch(window))
        } catch { note(error) }
      }
    } catch { note(error) }
    guard problems.isEmpty else { throw DiagnosticsError(problems, kind: kind) }
    return input
  }

  private static func batch(_ window: TokenWindow) throws(DiagnosticsError) -> TokenBatch {
    do throws(Reason) {
      return try TokenBatch(sequenceLength: window.steps, batchSize: window.columns, ids: window.ids)
    } catch {
      throw DiagnosticsError([Diagnostic(id: "bad-batch", message: error.text, fix: "choose other sizes")])
    }
  }

  /// Shows warnings: what is likely a mistake always, what is merely unlike the published space with `-v`.
  private func show(_ warnings: [Diagnostic]) {
    guard !console.isQuiet else { return }
    let mistakes: Set<String> = Set(
      [RecipeRule.unusedNode, .unusedInput, .unreadState, .unknownKey].map(\.rawValue))
    let shown = console.isVerbose ? warnings : warnings.filter { mistakes.contains($0.id) }
    if !shown.isEmpty { console.report(shown) }
  }

  /// The text; the text-free sequence needs no catalogue.
  private func tokens() throws(DiagnosticsError) -> TokenText {
    let size = settings.network.vocabularySize
    guard settings.tokens != TokenSource.textFreeName else {
      return .textFree(TextFreeSequence(vocabularySize: size))
    }
    let catalog = try Home.find(places.home).catalog()
    return try TokenSource.named(settings.tokens, in: catalog).load(
      catalog: catalog, location: .standard(places), vocabularySize: size)
  }

  private func measure(_ items: [Item]) async -> [Result<MeasurementResult, MetricError>] {
    let settings = self.settings
    let progress = MeasureProgress(console: console, names: items.map(\.name))
    return await MeasurementPool.run(items.count, workers: workers) { index in
      let item = items[index]
      return MeasurementRequest(
        architecture: RecurrentArchitecture(item.architecture.recipe, settings.network), metrics: settings.metrics,
        protocolName: settings.protocolName, precision: settings.precision, seed: item.seed, tokens: item.tokens)
    } ended: { index, outcome in
      progress.ended(index, outcome)
    }
  }
}

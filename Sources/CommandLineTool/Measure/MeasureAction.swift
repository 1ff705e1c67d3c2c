import Datasets
import Diagnostics
import Documents
import Measurements
import Outcomes
import SearchSpaces

/// Measures recipes, and prints what came out. Nothing is kept of it.
struct MeasureAction {
  /// Recipe files; `-` is standard input.
  let files: [String]
  let settings: MeasureSettings
  /// Seeds of the initial weights and the noise, each once.
  let seeds: [Int]
  /// Indices of disjoint batches, each once.
  let batches: [Int]
  let workers: Int
  let places: PlaceOptions
  let console: Console

  /// One measurement: an architecture with a seed and a batch.
  struct Item: Sendable {
    /// The architecture's name.
    var architecture: String
    var request: EvaluationRequest
    /// The name for messages.
    var name: String { "\(architecture), seed \(request.seed), batch \(request.batch)" }
  }

  func run() async throws {
    let (recipes, warnings, session) = try read()
    if !console.isJSON { show(warnings) }
    let items = try recipes.flatMap { named in
      let architecture = try session.architecture(named.recipe.json, source: named.name)
      return seeds.flatMap { seed in
        batches.map { batch in
          Item(architecture: named.name, request: EvaluationRequest(architecture, seed: seed, batch: batch))
        }
      }
    }
    let progress = MeasureProgress(console: console, names: items.map(\.name))
    let outcomes = await LocalEvaluations(session, workers: workers).outcomes(of: items.map(\.request)) {
      progress.ended($0, $1)
      return true
    }.map { $0 ?? .failure(EvaluationFailure(Reason("it was not measured"), isOfMachine: true)) }
    let report = MeasureReport(
      settings: settings, columns: Engine.standard.metricColumns(of: settings).map(\.name),
      textDigest: session.textDigest, items: items, outcomes: outcomes, warnings: warnings)
    if console.isJSON { console.data(report.json) } else { console.data(report.text) }
    var hasFailed = false
    for (item, outcome) in zip(items, outcomes) {
      guard case .failure(let failure) = outcome else { continue }
      console.error(ConsoleWriter.visible("\(item.name): \(failure.reason)"))
      hasFailed = true
    }
    if hasFailed { throw ExitStatus.stepFailed }
  }

  /// Recipes, warnings about them, and the engine with its tokens loaded.
  ///
  /// - Throws: `DiagnosticsError` with the problems of recipes and tokens.
  private func read() throws(DiagnosticsError) -> ([NamedRecipe], [Diagnostic], any MeasuringSession) {
    var read: (recipes: [NamedRecipe], warnings: [Diagnostic]) = ([], [])
    var loaded: (any MeasuringSession)?
    var problems: [Diagnostic] = []
    var kind = FailureKind.badInput
    func note(_ error: DiagnosticsError) {
      problems += error.diagnostics
      if error.kind == .missingInput { kind = .missingInput }
    }
    do throws(DiagnosticsError) { read = try RecipeFiles.read(files) } catch { note(error) }
    do throws(DiagnosticsError) {
      let session = try session()
      for index in batches {
        do throws(DiagnosticsError) { try session.checkBatch(index) } catch { note(error) }
      }
      loaded = session
    } catch { note(error) }
    guard problems.isEmpty, let loaded else { throw DiagnosticsError(problems, kind: kind) }
    return (read.recipes, read.warnings, loaded)
  }

  /// The engine; the text-free sequence needs no catalogue.
  private func session() throws(DiagnosticsError) -> any MeasuringSession {
    let catalog =
      settings.tokens.use == TokenSource.textFreeName ? Catalog.empty : try Home.find(places.home).catalog()
    return try Engine.standard.session(settings, catalog: catalog, location: .standard(places))
  }

  /// Shows warnings: what is likely a mistake always, what is merely unlike the published space with `-v`.
  private func show(_ warnings: [Diagnostic]) {
    guard !console.isQuiet else { return }
    let mistakes: Set<String> = Set(
      [RecipeRule.unusedNode, .unusedInput, .unreadState, .unknownKey].map(\.rawValue))
    let shown = console.isVerbose ? warnings : warnings.filter { mistakes.contains($0.id) }
    if !shown.isEmpty { console.report(shown) }
  }
}

import Datasets
import Diagnostics
import Documents
import Measurements
import Outcomes
import SearchSpaces
import Sizes

/// Measures architectures, and prints what came out. Nothing is kept of it.
struct MeasureAction {
  /// Files; `-` is standard input.
  let files: [String]
  /// What they hold; recognised when nil.
  let kind: ArchitectureKind?
  /// The settings for a kind.
  let settings: (ArchitectureKind) throws -> MeasureSettings
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
    let (records, warnings) = try records()
    let found = Set(records.map(\.record.kind))
    guard let own = records.first?.record.kind, found.count == 1 else {
      throw DiagnosticsError([
        Diagnostic(
          id: "several-kinds",
          message: "the files hold \(found.map(\.title).sorted().joined(separator: " and "))",
          fix: "measure those of one kind at a time")
      ])
    }
    let settings = try settings(own)
    let session = try session(settings)
    if !console.isJSON { show(warnings) }
    let items = try records.flatMap { named in
      let architecture = try session.architecture(named.record.json, source: named.name)
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

  /// The architectures of the files, and warnings about them.
  ///
  /// - Throws: `DiagnosticsError` with the problems of files, and those of tokens beside them.
  private func records() throws(DiagnosticsError) -> (records: [NamedRecord], warnings: [Diagnostic]) {
    do throws(DiagnosticsError) { return try RecordFiles.read(files, kind: kind) } catch {
      var problems = error.diagnostics
      if let settings = try? settings(kind ?? .recurrentCell) {
        do throws(DiagnosticsError) { _ = try session(settings) } catch { problems += error.diagnostics }
      }
      throw DiagnosticsError(problems, kind: error.kind)
    }
  }

  /// The engine with its tokens loaded; tokens that need no text need no catalogue.
  ///
  /// - Throws: `DiagnosticsError` with the problems of tokens.
  private func session(_ settings: MeasureSettings) throws(DiagnosticsError) -> any MeasuringSession {
    let needsNone = [TokenSource.textFreeName, MeasurementSizes.documentedTokens].contains(settings.tokens.use)
    let catalog = needsNone ? Catalog.empty : try Home.find(places.home).catalog()
    let session = try Engine.standard.session(settings, catalog: catalog, location: .standard(places))
    var problems: [Diagnostic] = []
    for index in batches {
      do throws(DiagnosticsError) { try session.checkBatch(index) } catch { problems += error.diagnostics }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return session
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

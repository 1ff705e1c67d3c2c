import ArchitectureSearch
import ArgumentParser
import Datasets
import Diagnostics
import Documents
import Files
import Measurements
import Outcomes
import Pipeline
import SearchSpaces
import Sizes
import Tables

/// Searches architectures of which nothing was trained: those of a published space, or of files, by metrics that are measured as the
/// search goes on.
struct SpaceSearchAction {
  /// The name of a published space, or a file with records.
  let source: String
  let variant: EncoderVariant
  /// The settings for a kind.
  let settings: (ArchitectureKind) throws -> MeasureSettings
  /// Evaluations of each candidate, each with a seed and a batch of its own.
  let evaluations: Int
  let search: SearchSettings
  let seed: Int
  let workers: Int
  /// The file for the best architecture.
  let output: String?
  let places: PlaceOptions
  let console: Console

  /// True of what is searched here and not in a table: a published space, or a file with records.
  static func takes(_ source: String) -> Bool {
    PublishedSpace(rawValue: source) != nil || source.hasSuffix(".json")
  }

  /// An architecture that was chosen.
  private struct Found {
    var record: ArchitectureRecord
    /// The mean of each metric.
    var scores: [Double?]
    var parameters: Double?
    var operations: Double?
  }

  func run() async throws {
    let (kind, from) = try candidates()
    let settings = try settings(kind)
    let columns = Engine.standard.metricColumns(of: settings)
    guard columns.count == settings.metrics.count + settings.proxies.count else {
      throw ValidationError("A search goes by metrics of one value, not by those of one for each layer.")
    }
    let space = RecordCandidates(from, kind: kind, variant: variant, steps: settings.tokens.steps)
    try checkQuantities(space)
    let session = try session(settings)
    let budget = search.budgets.max() ?? 0
    let total = evaluations * min(budget, space.count ?? budget)
    let progress = ProgressLine(console: console, total: total)
    let scorer = MetricScorer(
      session, columns: columns, runs: (0..<evaluations).map { ($0, $0) }, workers: workers
    ) { progress.show(.progressed("search", done: $0, total: total)) }
    let run: SearchRun<ArchitectureRecord>
    do throws(Reason) {
      run = try await CandidateSearch(space, scorer: scorer, settings: search).run(seed: UInt64(seed))
    } catch {
      throw DiagnosticsError([
        Diagnostic(id: "no-search", message: error.text, fix: "loosen the bounds, or change the settings")
      ])
    }
    guard let selection = run.selections.last, !selection.chosen.isEmpty else {
      throw DiagnosticsError([
        Diagnostic(
          id: "no-score", message: "none of the \(run.evaluated.count) architectures has a value of the metric",
          fix: "`trainfree measure` of one says why")
      ])
    }
    let chosen = selection.chosen.map { run.evaluated[$0] }
    let found = chosen.map { record in
      Found(
        record: record,
        scores: columns.indices.map { place in
          scorer.known(record).map { columns[place].better == .lower ? -$0.means[place] : $0.means[place] }
        },
        parameters: space.quantity("parameters", of: record), operations: space.quantity("flops", of: record))
    }
    if let output, let best = found.first { try FileSystem.write(Array((best.record.json + "\n").utf8), to: output) }
    show(found, columns, settings, evaluated: selection.evaluations, space)
  }

  // MARK: Input

  private func candidates() throws -> (kind: ArchitectureKind, source: RecordCandidates.Source) {
    if let published = PublishedSpace(rawValue: source) { return (published.kind, .space(published.space(variant))) }
    let records = try RecordFiles.read([source]).records.map(\.record)
    let kinds = Set(records.map(\.kind))
    guard let kind = kinds.first, kinds.count == 1, kind != .recurrentCell else {
      throw DiagnosticsError([
        Diagnostic(
          id: "several-kinds",
          message: "\(source) holds \(kinds.map(\.title).sorted().joined(separator: " and "))",
          reason: "a search compares transformers of one kind",
          fix: "name a file with encoders, or with decoders, alone")
      ])
    }
    return (kind, .records(records))
  }

  /// Reports bounds of what the architectures do not have.
  private func checkQuantities(_ space: RecordCandidates) throws(DiagnosticsError) {
    let features = (space.candidate(at: 0) ?? space.sample(seed: 0)).features.map(\.name)
    let known = RecordCandidates.quantities + features
    let unknown = search.constraints.filter { !known.contains($0.quantity) }
    guard unknown.isEmpty else {
      throw DiagnosticsError(
        unknown.map { constraint in
          Diagnostic(
            id: "unknown-quantity", message: "architectures of \(source) have no \(constraint.quantity)",
            fix: Suggestion.closest(to: constraint.quantity, in: known).map { "did you mean \($0)?" }
              ?? "there are: \(known.joined(separator: ", "))")
        })
    }
  }

  private func session(_ settings: MeasureSettings) throws(DiagnosticsError) -> any MeasuringSession {
    let session = try Engine.standard.session(
      settings, catalog: try Home.find(places.home).catalog(), location: .standard(places))
    try session.checkBatch(settings.tokens.lastBatch)
    return session
  }

  // MARK: Output

  private func show(
    _ found: [Found], _ columns: [ColumnSchema], _ settings: MeasureSettings, evaluated: Int, _ space: RecordCandidates
  ) {
    if console.isJSON {
      let best = found.map { found -> JSONValue in
        let scores = zip(columns, found.scores).map { JSONMember(key: $0.name, value: $1.map { .number($0) } ?? .null) }
        let record = (try? DocumentReader.read(Array(found.record.json.utf8), file: "record")).map { JSONValue($0) }
        return [
          "scores": .object(scores), "parameters": found.parameters.map { .number($0) } ?? .null,
          "flops": found.operations.map { .number($0) } ?? .null, "architecture": record ?? .null,
        ]
      }
      return console.data([
        "source": .string(source), "network": settings.networkJSON, "evaluated": .integer(evaluated),
        "evaluations-of-each": .integer(evaluations), "seed": .integer(seed), "best": .array(best),
      ])
    }
    console.data(
      "The best of \(evaluated) architectures of \(source), \(evaluations) \(evaluations == 1 ? "evaluation" : "evaluations") each, \(settings.tokens.columns) sequences of \(settings.tokens.steps) tokens, \(settings.tokens.use)\n"
    )
    let rows =
      [columns.map(\.name) + ["parameters", "flops", "architecture"]]
      + found.map { found in
        found.scores.map { $0.map { JSONValue.numberText($0) } ?? "undefined" }
          + [found.parameters, found.operations].map { $0.map { JSONValue.numberText($0) } ?? "unknown" }
          + [found.record.json]
      }
    console.data(AlignedText.table(rows))
  }
}

import Datasets
import Diagnostics
import Documents
import Outcomes
import Pipeline
import Specs
import Store
import Synchronization
import Tables

/// Measures architectures: a table with a row for each architecture, seed and batch; counts and reasons are a second
/// artifact, a `MeasuredReport`.
///
/// Every evaluation is kept in the store as it ends, so that a run that is killed loses those in flight alone. The table
/// does not depend on the number of workers, nor on which evaluations were known.
package struct MeasureStep: Step {
  /// The artifact about architectures.
  package static let reportArtifact = "report"

  let measure: ResolvedMeasure
  let engine: any ArchitectureMeasuring
  let catalog: Catalog
  let location: DataLocation
  let executor: any EvaluationExecutor

  package let kind = StepKind("measure", version: 3, dependsOnMachine: true)
  package let usesAllWorkers = true

  /// Makes the step of a measurement.
  ///
  /// - Parameter executor: Decides where evaluations are made, of which no value depends.
  package init(
    measure: ResolvedMeasure, engine: any ArchitectureMeasuring, catalog: Catalog, location: DataLocation,
    executor: any EvaluationExecutor = LocalExecutor()
  ) {
    self.measure = measure
    self.engine = engine
    self.catalog = catalog
    self.location = location
    self.executor = executor
  }

  package var name: String { "measure/\(measure.name)" }

  var keys: EvaluationKeys {
    EvaluationKeys(measure.settings, engineVersion: engine.version, tokens: measure.tokens)
  }

  package var parameters: JSONValue {
    let source: JSONValue =
      switch measure.spec.architectures {
      case .sample(let sample): .record(["count": .integer(sample.count), "seed": .integer(sample.seed)])
      case .dataset(let columns):
        .record([
          "recipe": .string(columns.recipe.value), "id": .string(columns.id.value), "distinct": .bool(columns.distinct),
          "keep": .array(columns.keep.map { .string($0.value) }),
          "deciles-of": columns.select.map { .string($0.column.value) } ?? .null,
          "per": columns.select.map { .integer($0.perDecile) } ?? .null,
          "seed": columns.select.map { .integer($0.seed) } ?? .null,
        ])
      }
    let parameters = JSONValue.record([
      "engine": .integer(engine.version), "configuration": .string(keys.configuration), "architectures": source,
      "settings": measure.settings.parameters,
      "seeds": .array(measure.spec.network.seeds.map { .integer($0) }),
      "batches": .array(measure.spec.tokens.batches.map { .integer($0) }),
      "columns": .array(
        measure.columns(ofRuns: true).map {
          .string("\($0.name) | \($0.role.rawValue) | \($0.better?.rawValue ?? "")")
        }),
    ])
    // Unpaired runs keep the keys that they have.
    return measure.spec.paired
      ? .object((parameters.members ?? []) + [JSONMember(key: "paired", value: .bool(true))]) : parameters
  }

  package var sources: [KeyField] { measure.tokens.digests }

  package var changedSources: String? {
    let problems = measure.tokens.files.compactMap { location.problem(of: $0) }.flatMap(\.diagnostics)
    return problems.isEmpty ? nil : problems.text
  }

  package var inputs: [StepInput] {
    guard case .dataset(let columns) = measure.spec.architectures else { return [] }
    return [StepInput("rows", from: "table/\(columns.dataset.value)")]
  }

  package func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    let prepared = try prepared(inputs)
    let evaluations = try await queue(prepared).outcomes(runner(prepared, context), context)
    let made = MeasuredTable(
      measure: measure, units: prepared.units, dataset: prepared.rows, evaluations: evaluations)
    return .table(made.runs, artifacts: [try .json(Self.reportArtifact, made.report)])
  }

  /// The engine with its tokens loaded, and the architectures that it is to measure.
  struct Prepared {
    var session: any MeasuringSession
    /// The dataset that the architectures are rows of; nil for sampled ones.
    var rows: Table?
    var units: ArchitectureUnits
  }

  /// Loads the tokens and reads the architectures.
  func prepared(_ inputs: StepInputs) throws(Reason) -> Prepared {
    let session: any MeasuringSession
    do throws(DiagnosticsError) {
      session = try engine.session(measure.settings, catalog: catalog, location: location)
      // The last batch is the one that may be missing.
      try session.checkBatch(measure.settings.tokens.lastBatch)
    } catch {
      throw Reason(error.diagnostics.text)
    }
    var rows: Table?
    let chosen: ArchitectureUnits
    switch measure.spec.architectures {
    case .sample(let sample):
      chosen = try ArchitectureUnits(sample: sample.count, seed: sample.seed, session: session)
    case .dataset(let columns):
      let table = try inputs.table("rows")
      rows = table
      chosen = try ArchitectureUnits(columns, in: table, session: session)
    }
    try checkReadable(chosen.units)
    return Prepared(session: session, rows: rows, units: chosen)
  }

  /// The evaluations of a share; all when nil.
  func queue(_ prepared: Prepared, share: Share? = nil) -> EvaluationQueue {
    EvaluationQueue(
      prepared.units.units.compactMap { $0.architecture.value }, runs: measure.runs, columns: measure.metrics.count,
      keys: keys, share: share)
  }

  /// What makes the evaluations.
  func runner(_ prepared: Prepared, _ context: StepContext) throws(Reason) -> any EvaluationRunning {
    let (keys, columns, store) = (keys, measure.metrics.count, context.store)
    return try executor.runner(
      EvaluationWork(
        measure: measure, session: prepared.session, keys: keys, columns: columns, workers: context.workers,
        isForced: context.isForced
      ) { made throws(Reason) in
        let records = made.map { item in
          EvaluationRecord(
            key: item.key, configuration: keys.configuration, outcome: item.evaluation.text,
            seconds: item.evaluation.seconds, peakBytes: item.evaluation.peakBytes)
        }
        do { try store.record(records) } catch { throw Reason("\(error)") }
      })
  }

  /// One bad recipe is a reason in its row; when there is no good one, the step fails.
  private func checkReadable(_ units: [ArchitectureUnits.Unit]) throws(Reason) {
    guard !units.isEmpty else { throw Reason("there are no architectures to measure") }
    guard units.count.multipliedReportingOverflow(by: measure.runs.count).partialValue <= 1_000_000 else {
      throw Reason(
        "\(units.count) architectures times \(measure.runs.count) runs are over 1,000,000 evaluations: "
          + "measure fewer of them with `select`, or take fewer seeds or batches")
    }
    let reasons = units.compactMap { unit -> String? in
      if case .failure(let unreadable) = unit.architecture { "\(unit.name): \(unreadable.text)" } else { nil }
    }
    guard reasons.count == units.count else { return }
    let shown = reasons.prefix(10).joined(separator: "\n") + (reasons.count > 10 ? "\n…" : "")
    throw Reason("none of the \(units.count) architectures can be measured:\n\(shown)")
  }
}

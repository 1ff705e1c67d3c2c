import ArgumentParser
import Datasets
import Diagnostics
import Documents
import Files
import Foundation
import Measurements
import Outcomes
import Pipeline
import Runner
import Store

/// Carries an analysis out and publishes its report.
struct RunAction {
  let session: Session
  let console: Console
  let storePath: String
  let output: String?
  let options: ExecutionOptions
  let isOffline: Bool
  let isFrozen: Bool
  let selection: Selection
  /// True when files of others in the report's folder may be replaced.
  var replacesOthers = false
  /// Is told what goes on, besides the console.
  var observe: @Sendable (RunEvent) -> Void = { _ in }

  /// A choice of steps.
  enum Selection {
    /// All steps of the plan.
    case all
    /// The steps of the names, and what they read from.
    case until([String])
    /// The steps of the names alone.
    case only([String])
    /// A share of the evaluations of every measurement, and what measurements read from; no report.
    case share(Share)

    /// True when no report is made.
    var isShare: Bool { if case .share = self { true } else { false } }
  }

  /// The report's folder.
  var folder: String { output ?? "reports/\(session.resolved.analysis.id.value)" }

  /// The outcome of a run.
  struct Outcome {
    var result: ExecutionResult
    /// Findings that kept nothing from being done.
    var warnings: [Diagnostic]
    /// Files of the report that were written.
    var written: Int
    var seconds: Double
    /// The exit status; nil when nothing failed.
    var status: ExitCode?
  }

  func run() async throws {
    let outcome = try await carryOut()
    summarise(outcome)
    if let status = outcome.status { throw status }
  }

  /// Runs the steps, and gives the outputs of those that ended, by their names.
  ///
  /// - Throws: The exit status when a step failed, besides what `carryOut` throws.
  func outputs() async throws -> StepInputs {
    let outcome = try await carryOut()
    if let status = outcome.status { throw status }
    let store = try Store.openToRead(storePath)
    return StepInputs { [records = outcome.result.records] name throws(Reason) in
      guard let digest = records[name]?.output else { throw Reason("there is no output of \(name)") }
      do {
        return .json(JSONValue(try DocumentReader.read(try store.artifact(digest), file: name, limits: .data)))
      } catch { throw Reason("the output of \(name) cannot be read: \(error)") }
    }
  }

  /// Runs the steps, says what failed, and publishes the report.
  ///
  /// - Throws: `CancellationError` in a task that is cancelled: what has ended is kept, and no report is published.
  func carryOut() async throws -> Outcome {
    if !selection.isShare { try ReportPublisher.check(folder, replacesOthers: takesFolder) }
    let store = try Store.open(storePath)
    let plan = try selected(store)
    try await fetchMissing(plan, store)
    if isFrozen { try checkFrozen(plan, store) }
    let analysis = session.resolved.analysis.id.value
    let environment: JSONValue = [
      "kernels": .string(Engine.standard.kernels),
      "workers": .integer(options.workers),
    ]
    let id = try store.beginRun(
      RunRecord(
        analysis: analysis, specDigest: session.specDigest, command: "run \(session.resolved.analysis.file)",
        version: Version.current, environment: environment.text()))
    let interruption = Interruption.shared.atEnd { try? store.finishRun(id, status: .interrupted) }
    defer { Interruption.shared.cancel(interruption) }
    let progress = ProgressLine(console: console, total: plan.steps.count)
    let observe = self.observe
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await Executor(store: store, analysis: analysis, options: options) { event in
      progress.show(event)
      observe(event)
    }.run(plan, run: id)
    if Task.isCancelled {
      try store.finishRun(id, status: .interrupted)
      throw CancellationError()
    }
    let failures = result.failures
    for failure in failures {
      try store.recordDiagnostic(run: id, step: failure.name, severity: "error", message: failure.reason)
      console.error("step \(failure.name) failed:\n\(failure.reason)")
    }
    try store.finishRun(id, status: failures.isEmpty ? .succeeded : .failed)
    MissingSigns.warn(result, store, console)
    let warnings = RepeatedRows.warnings(session.resolved, result, store)
    console.warn(warnings)
    if case .share(let share) = selection { sayShare(share, result, store) }
    var written = 0
    if let report = result.records["report"], report.output != nil {
      written = try Interruption.shared.shielded {
        try ReportPublisher.publish(report, store: store, folder: folder, replacesOthers: takesFolder)
      }
    }
    if case .all = selection, failures.isEmpty {
      try store.forgetNames(of: analysis, except: Set(plan.steps.map(\.name)))
    }
    let seconds = (clock.now - start) / .seconds(1)
    let isBadInput = failures.contains { failure in
      session.plan[failure.name].map { $0.kind.failsOnBadInput } ?? false
    }
    return Outcome(
      result: result, warnings: warnings, written: written, seconds: seconds,
      status: isBadInput ? ExitStatus.badInput : failures.isEmpty ? nil : ExitStatus.stepFailed)
  }

  private var takesFolder: Bool { replacesOthers || options.isForced }

  private func selected(_ store: Store) throws -> Plan {
    func names(_ patterns: [String]) throws -> [String] {
      try patterns.flatMap { pattern -> [String] in
        let found = session.plan.names(matching: pattern)
        guard found.isEmpty else { return found }
        let close = Suggestion.closest(to: pattern, in: session.plan.steps.map(\.name))
        throw DiagnosticsError([
          Diagnostic(
            id: "unknown-step", message: "there is no step \(pattern)",
            fix: close.map { "did you mean \($0)?" } ?? "`trainfree plan` lists the steps")
        ])
      }
    }
    switch selection {
    case .all: return session.plan
    case .share(let share): return try sharePlan(share)
    case .until(let patterns): return session.plan.until(try names(patterns))
    case .only(let patterns):
      let wanted = try names(patterns)
      let plan = session.plan.until(wanted)
      let stale = try Planner(store: store, analysis: session.resolved.analysis.id.value).statuses(of: plan).filter {
        if case .current = $0.status { return false }
        return !wanted.contains($0.step.name)
      }
      guard stale.isEmpty else {
        throw DiagnosticsError([
          Diagnostic(
            id: "stale-input",
            message: "these steps are not current: \(stale.map(\.step.name).joined(separator: ", "))",
            reason: "--only runs the named steps and nothing else",
            fix: "use --until, which runs what they read from first")
        ])
      }
      return plan
    }
  }

  /// The plan that measures a share of every measurement.
  private func sharePlan(_ share: Share) throws -> Plan {
    let measures = session.plan.steps.compactMap { $0 as? MeasureStep }
    func refused(_ id: String, _ message: String, _ fix: String) -> DiagnosticsError {
      DiagnosticsError([Diagnostic(id: id, message: message, fix: fix)])
    }
    guard !measures.isEmpty else {
      throw refused(
        "no-measurement", "the analysis measures nothing, so there is nothing to share", "run it without --shard")
    }
    let read = session.plan.until(measures.flatMap { $0.inputs.map(\.step) })
    if let measured = read.steps.first(where: { $0 is MeasureStep }) {
      throw refused(
        "dependent-measurement", "a measurement reads what \(measured.name) gives",
        "run this analysis without --shard: the second measurement is known when all of the first is there")
    }
    return Plan(read.steps + measures.map { ShareStep($0, share: share) })
  }

  /// Says what a share was.
  private func sayShare(_ share: Share, _ result: ExecutionResult, _ store: Store) {
    for (name, record) in result.records.sorted(by: { $0.key < $1.key }) where name.hasPrefix("share/") {
      guard let output = record.output, let bytes = try? store.artifact(output),
        let node = try? DocumentReader.read(bytes, file: name, limits: .data)
      else { continue }
      let counts = JSONValue(node)
      console.log(
        "\(name): \(counts["evaluations"]?.int ?? 0) of \(counts["of"]?.int ?? 0) evaluations are in \(storePath)")
    }
  }

  /// Downloads what stale imports need.
  private func fetchMissing(_ plan: Plan, _ store: Store) async throws {
    let statuses = try Planner(store: store, analysis: session.resolved.analysis.id.value).statuses(of: plan)
    let stale = Set(
      statuses.compactMap { item -> String? in
        if case .current = item.status { return nil }
        return item.step.name
      })
    var missing: [Diagnostic] = []
    for file in neededFiles(stale) {
      do throws(DiagnosticsError) { _ = try session.location.path(of: file) } catch {
        guard !isOffline, file.byHand == nil else {
          missing += error.diagnostics
          continue
        }
        let console = self.console
        console.log("fetching \(file.path) (\(file.byteCount) bytes, \(file.licence))")
        _ = try await DataFetcher(folder: DataLocation.cacheFolder) { path, received, total in
          console.progress("\(path): \(received) of \(total) bytes")
        }.fetch(file)
      }
    }
    if !missing.isEmpty { throw DiagnosticsError(missing, kind: .missingInput) }
  }

  /// The files that stale imports and measurements read, each once.
  private func neededFiles(_ stale: Set<String>) -> [CatalogFile] {
    let resolved = session.resolved
    let imported = resolved.tables.filter { stale.contains("import/\($0.name)") || options.isForced }.compactMap(
      \.file)
    let units = resolved.tables.compactMap { table -> CatalogFile? in
      guard case .partner(let partner) = table.unitRule else { return nil }
      return stale.contains("import/units/\(partner.dataset.id)") || options.isForced ? partner.file : nil
    }
    let read = resolved.measures.filter { measure in
      options.isForced || stale.contains("measure/\(measure.name)")
        || stale.contains { $0.hasPrefix("share/\(measure.name)/") }
    }.flatMap(
      \.tokens.files)
    var seen: Set<String> = []
    return (imported + units + read).filter { seen.insert($0.id).inserted }
  }

  private func checkFrozen(_ plan: Plan, _ store: Store) throws {
    let stale = try Planner(store: store, analysis: session.resolved.analysis.id.value).statuses(of: plan).filter {
      if case .current = $0.status { false } else { true }
    }
    guard !stale.isEmpty else { return }
    console.error("--frozen, and these steps would run: \(stale.map(\.step.name).joined(separator: ", "))")
    throw ExitStatus.stale
  }

  /// Says on standard output what a run has done, and where its report is.
  func summarise(_ outcome: Outcome) {
    let result = outcome.result
    let ran = result.outcomes.values.count { if case .ran = $0 { true } else { false } }
    let current = result.outcomes.values.count { $0 == .current }
    let skipped = result.outcomes.values.count { $0 == .skipped }
    let failed = result.failures.count
    if console.isJSON {
      console.data([
        "analysis": .string(session.resolved.analysis.id.value),
        "report": selection.isShare ? .null : .string(folder), "ran": .integer(ran),
        "current": .integer(current), "failed": .integer(failed), "skipped": .integer(skipped),
        "written": .integer(outcome.written),
        "failures": .array(result.failures.map { ["step": .string($0.name), "reason": .string($0.reason)] }),
      ])
    } else if !console.isQuiet {
      let time = (outcome.seconds * 100).rounded() / 100
      let others = (failed > 0 ? ", \(failed) failed" : "") + (skipped > 0 ? ", \(skipped) not reached" : "")
      console.data("\(ran) steps ran, \(current) current\(others), \(time) s\n")
      if result.records["report"]?.output != nil {
        console.data("report: \(folder)/index.html and \(folder)/report.md\n")
      }
    }
  }
}

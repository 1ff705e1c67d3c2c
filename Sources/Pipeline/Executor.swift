import Documents
import Outcomes
import Store
import Tables

/// The settings with which a plan is carried out.
package struct ExecutionOptions: Sendable {
  /// Number of workers, at least 1. A running step takes one of them, or all when it `usesAllWorkers`.
  package var workers: Int
  /// True when steps that do not depend on a failed one still run after it.
  package var keepsGoing: Bool
  /// True when steps run again although the store has their outputs.
  package var isForced: Bool
  /// True when a step whose failure is recorded under the same key runs again, instead of failing for the recorded reason.
  package var retriesFailed: Bool

  /// Creates options.
  package init(workers: Int, keepsGoing: Bool = false, isForced: Bool = false, retriesFailed: Bool = false) {
    self.workers = max(1, workers)
    self.keepsGoing = keepsGoing
    self.isForced = isForced
    self.retriesFailed = retriesFailed
  }
}

/// The end that a step came to in a run.
package enum StepOutcome: Sendable, Hashable {
  /// Its output was in the store.
  case current
  /// It ran and succeeded.
  case ran(seconds: Double)
  /// It failed, now or before under the same key.
  case failed(reason: String)
  /// A step it reads from failed, or the run stopped before it.
  case skipped
}

/// An event of a run, for a display of its progress.
package enum RunEvent: Sendable {
  /// A step begins to run.
  case began(String)
  /// A step has done `done` of the `total` parts of its work.
  case progressed(String, done: Int, total: Int)
  /// A step ended, with its outcome; `done` of the `total` steps of the plan have ended by now.
  case ended(String, StepOutcome, done: Int, total: Int)
}

/// Carries plans out: steps in parallel, each recorded as it ends.
package struct Executor: Sendable {
  private let store: Store
  private let analysis: String
  private let options: ExecutionOptions
  private let report: @Sendable (RunEvent) -> Void

  /// Creates an executor.
  package init(
    store: Store, analysis: String, options: ExecutionOptions, report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.store = store
    self.analysis = analysis
    self.options = options
    self.report = report
  }

  /// Runs the steps of a plan that are not current, and gives the outcome of every step by name. In a task that is cancelled no
  /// further step begins, and of those that run nothing is recorded but what they keep by themselves, such as evaluations.
  ///
  /// - Throws: `StoreError` when the store fails.
  package func run(_ plan: Plan, run id: Int64?) async throws -> ExecutionResult {
    let artifacts = ArtifactCache(store)
    var result = ExecutionResult()
    var waiting = plan.steps
    var isStopped = false
    try await withThrowingTaskGroup(of: Finished.self) { group in
      // Workers in use.
      var running = 0
      while true {
        if Task.isCancelled { isStopped = true }
        var later: [any Step] = []
        for step in waiting {
          let inputs = step.inputs.map(\.step)
          if isStopped || inputs.contains(where: { result.outcomes[$0] != nil && result.records[$0]?.output == nil }) {
            settle(Finished(name: step.name, outcome: .skipped, record: nil), &result, &isStopped, plan)
          } else if running + weight(of: step) <= options.workers,
            inputs.allSatisfy({ result.records[$0]?.output != nil })
          {
            let key = plan.key(of: step, result.records)
            let sources = Plan.digests(of: step, result.records)
            if let finished = try current(step, key) {
              settle(finished, &result, &isStopped, plan)
            } else {
              running += weight(of: step)
              group.addTask { try await execute(step, key, sources, artifacts, run: id) }
            }
          } else {
            later.append(step)
          }
        }
        let isProgressing = later.count < waiting.count
        waiting = later
        if running > 0, waiting.isEmpty || running == options.workers || !isProgressing {
          guard let finished = try await group.next() else { break }
          running -= plan[finished.name].map { weight(of: $0) } ?? 1
          settle(finished, &result, &isStopped, plan)
        } else if running == 0, waiting.isEmpty || !isProgressing {
          break
        }
      }
    }
    try store.remember(result.records.map { ($0.key, $0.value.key) }.sorted { $0.0 < $1.0 }, analysis: analysis)
    return result
  }

  /// Number of workers that a step takes while it runs.
  private func weight(of step: any Step) -> Int { step.usesAllWorkers ? options.workers : 1 }

  private struct Finished: Sendable {
    var name: String
    var outcome: StepOutcome
    var record: StepRecord?
  }

  private func settle(_ finished: Finished, _ result: inout ExecutionResult, _ isStopped: inout Bool, _ plan: Plan) {
    result.outcomes[finished.name] = finished.outcome
    result.records[finished.name] = finished.record
    if case .failed = finished.outcome, !options.keepsGoing { isStopped = true }
    report(.ended(finished.name, finished.outcome, done: result.outcomes.count, total: plan.steps.count))
  }

  /// The outcome of a step that the store already has; nil when the step has to run.
  private func current(_ step: any Step, _ key: StepKey) throws -> Finished? {
    guard !options.isForced, let record = try store.step(key: key.digest) else { return nil }
    if record.output != nil {
      if let reason = step.changedSources {
        return Finished(name: step.name, outcome: .failed(reason: reason), record: nil)
      }
      // What is damaged is made anew.
      guard try store.damages(of: record).isEmpty else { return nil }
      return Finished(name: step.name, outcome: .current, record: record)
    }
    guard !options.retriesFailed, !step.kind.dependsOnMachine, let reason = record.reason else { return nil }
    return Finished(name: step.name, outcome: .failed(reason: reason), record: record)
  }

  private func execute(
    _ step: any Step, _ key: StepKey, _ sources: [KeyField], _ artifacts: ArtifactCache, run id: Int64?
  ) async throws -> Finished {
    while case .heldBy = try store.acquireLease(key.digest) {
      try await Task.sleep(for: .milliseconds(100))
      if let finished = try current(step, key) { return finished }
    }
    if let finished = try current(step, key) {
      try store.releaseLease(key.digest)
      return finished
    }
    report(.began(step.name))
    let identity = StepIdentity(
      analysis: analysis, name: step.name, kind: step.kind.name, key: key.digest, keyText: key.text)
    let inputs = StepInputs { name throws(Reason) in
      guard let digest = sources.first(where: { $0.name == name })?.value else { throw Reason("no input \(name)") }
      return try artifacts.artifact(digest)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let report = self.report
    let context = StepContext(workers: weight(of: step), store: store, isForced: options.isForced) { done, total in
      report(.progressed(step.name, done: done, total: total))
    }
    let made: Outcome<StepOutput>
    do throws(Reason) { made = .success(try await step.run(inputs, context)) } catch { made = .failure(error) }
    let seconds = (clock.now - start) / .seconds(1)
    defer { try? store.releaseLease(key.digest) }
    // What was stopped may be a part of what it should be.
    if Task.isCancelled { return Finished(name: step.name, outcome: .skipped, record: nil) }
    switch made {
    case .success(let output):
      let artifacts =
        [NewArtifact(name: "", mediaType: output.mediaType, bytes: output.bytes)]
        + output.artifacts.map { NewArtifact(name: $0.name, mediaType: $0.mediaType, bytes: $0.bytes) }
      let record = try store.recordSuccess(identity, artifacts: artifacts, seconds: seconds, run: id)
      return Finished(name: step.name, outcome: .ran(seconds: seconds), record: record)
    case .failure(let failure):
      try store.recordFailure(identity, reason: failure.text, seconds: seconds, run: id)
      return Finished(
        name: step.name, outcome: .failed(reason: failure.text), record: try store.step(key: key.digest))
    }
  }
}

/// The outcomes of a run, with the records of its steps.
package struct ExecutionResult: Sendable {
  /// The outcome of every step by name.
  package var outcomes: [String: StepOutcome] = [:]
  /// The records of the steps in the store, by name; none for a step that was skipped, or whose sources have changed.
  package var records: [String: StepRecord] = [:]

  /// Steps that failed, by name, with the reason.
  package var failures: [(name: String, reason: String)] {
    outcomes.compactMap { name, outcome in
      if case .failed(let reason) = outcome { (name, reason) } else { nil }
    }.sorted { $0.0 < $1.0 }
  }
}

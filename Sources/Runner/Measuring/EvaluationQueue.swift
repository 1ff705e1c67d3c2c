import Outcomes
import Pipeline
import Store
import Synchronization

/// The evaluations of a measurement, each made once however many rows have its architecture, spread over workers.
struct EvaluationQueue: Sendable {
  private struct Job: Sendable {
    var key: String
    var architecture: MeasuredArchitecture
    var seed: Int
    var batch: Int
  }

  /// How far the workers are.
  private final class Progress: Sendable {
    let state: Mutex<State>

    init(done: Int) { state = Mutex(State(done: done)) }
  }

  private struct State: Sendable {
    var next = 0
    var done = 0
    var outcomes: [String: [Evaluation.Outcome]] = [:]
    var failure: Reason?
  }

  private let jobs: [Job]
  private let columns: Int
  private let keys: EvaluationKeys

  /// Lists the evaluations.
  ///
  /// - Parameters:
  ///   - architectures: The architectures; equal ones are measured once.
  ///   - runs: Seed and batch of each run.
  ///   - columns: Number of metric columns.
  ///   - keys: Makes the keys of the memo.
  init(
    _ architectures: [MeasuredArchitecture], runs: [(seed: Int, batch: Int)], columns: Int, keys: EvaluationKeys
  ) {
    var seen: Set<String> = []
    jobs = architectures.filter { seen.insert($0.text).inserted }.flatMap { architecture in
      runs.map { run in
        Job(
          key: keys.key(architecture, seed: run.seed, batch: run.batch), architecture: architecture, seed: run.seed,
          batch: run.batch)
      }
    }
    self.columns = columns
    self.keys = keys
  }

  /// The outcomes by key: those of the store's memo, and those of the workers, kept as they end.
  func outcomes(
    _ session: any MeasuringSession, _ context: StepContext
  ) async throws(Reason) -> MeasuredOutcomes {
    var known = try remembered(context)
    let waiting = jobs.filter { known[$0.key] == nil }
    context.progress(jobs.count - waiting.count, jobs.count)
    let progress = Progress(done: jobs.count - waiting.count)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(context.workers, waiting.count) {
        group.addTask { work(through: waiting, progress, session, context) }
      }
    }
    let (made, failure) = progress.state.withLock { ($0.outcomes, $0.failure) }
    if let failure { throw failure }
    known.merge(made) { first, _ in first }
    guard known.count == jobs.count else { throw Reason("the measurement was stopped") }
    return MeasuredOutcomes(keys: keys, outcomes: known)
  }

  private func remembered(_ context: StepContext) throws(Reason) -> [String: [Evaluation.Outcome]] {
    guard !context.isForced else { return [:] }
    let records: [String: EvaluationRecord]
    do { records = try context.store.evaluations(jobs.map(\.key)) } catch { throw Reason("\(error)") }
    var known: [String: [Evaluation.Outcome]] = [:]
    // What cannot be read is measured again.
    for (key, record) in records { known[key] = Evaluation.outcomes(of: record.outcome, count: columns) }
    return known
  }

  /// What one worker does: takes the next evaluation until there is none, or one failed.
  private func work(
    through waiting: [Job], _ progress: Progress, _ session: any MeasuringSession, _ context: StepContext
  ) {
    let worker = session.makeWorker()
    while !Task.isCancelled {
      let index = progress.state.withLock { state -> Int? in
        guard state.failure == nil, state.next < waiting.count else { return nil }
        state.next += 1
        return state.next - 1
      }
      guard let index else { return }
      let job = waiting[index]
      let evaluation: Evaluation
      do throws(Reason) {
        evaluation = try worker.measure(job.architecture, seed: job.seed, batch: job.batch)
      } catch {
        return progress.state.withLock { $0.failure = $0.failure ?? error }
      }
      let failure = kept(evaluation, job, context)
      let done = progress.state.withLock { state -> Int in
        if let failure { state.failure = state.failure ?? failure }
        state.outcomes[job.key] = evaluation.outcomes
        state.done += 1
        return state.done
      }
      if failure == nil { context.progress(done, jobs.count) }
    }
  }

  private func kept(_ evaluation: Evaluation, _ job: Job, _ context: StepContext) -> Reason? {
    guard evaluation.outcomes.count == columns else {
      return Reason("the engine gave \(evaluation.outcomes.count) outcomes for \(columns) columns")
    }
    do {
      try context.store.record(
        EvaluationRecord(
          key: job.key, configuration: keys.configuration, outcome: evaluation.text, seconds: evaluation.seconds,
          peakBytes: evaluation.peakBytes))
      return nil
    } catch {
      return Reason("\(error)")
    }
  }
}

/// Outcomes of evaluations by architecture, seed and batch.
struct MeasuredOutcomes: Sendable {
  let keys: EvaluationKeys
  let outcomes: [String: [Evaluation.Outcome]]

  /// The outcomes of an evaluation; nil when it was none of the measurement's.
  func of(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) -> [Evaluation.Outcome]? {
    outcomes[keys.key(architecture, seed: seed, batch: batch)]
  }
}

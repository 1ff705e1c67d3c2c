import Outcomes
import Pipeline
import Store
import Synchronization

/// The evaluations of a measurement, each made once however many rows have its architecture, and kept in the store's memo
/// as it ends.
struct EvaluationQueue: Sendable {
  private struct Job: Sendable {
    var key: String
    var request: EvaluationRequest
  }

  private let jobs: [Job]
  /// Number of evaluations of all shares.
  let total: Int
  private let columns: Int
  private let keys: EvaluationKeys

  /// Lists the evaluations.
  ///
  /// - Parameters:
  ///   - architectures: The architectures; equal ones are measured once.
  ///   - runs: Seed and batch of each run.
  ///   - columns: Number of metric columns.
  ///   - keys: Makes the keys of the memo.
  ///   - share: The evaluations that are made of all; every one when nil.
  init(
    _ architectures: [MeasuredArchitecture], runs: [(seed: Int, batch: Int)], columns: Int, keys: EvaluationKeys,
    share: Share? = nil
  ) {
    var seen: Set<String> = []
    let distinct = architectures.filter { seen.insert($0.text).inserted }
    // One seed after the other: networks of one seed share their draws.
    let all = runs.flatMap { run in
      distinct.map { architecture in
        let request = EvaluationRequest(architecture, seed: run.seed, batch: run.batch)
        return Job(key: keys.key(request), request: request)
      }
    }
    total = all.count
    jobs = share.map { share in all.indices.filter { share.holds($0) }.map { all[$0] } } ?? all
    self.columns = columns
    self.keys = keys
  }

  /// Number of evaluations.
  var count: Int { jobs.count }

  /// The outcomes by key: those of the store's memo, and those that are made now.
  func outcomes(
    _ runner: any EvaluationRunning, _ context: StepContext
  ) async throws(Reason) -> MeasuredOutcomes {
    var known = try remembered(context)
    let waiting = jobs.filter { known[$0.key] == nil }
    let state = Progress(done: jobs.count - waiting.count)
    context.progress(jobs.count - waiting.count, jobs.count)
    let made = await runner.outcomes(of: waiting.map(\.request)) { index, ended in
      let failure = kept(ended, waiting[index], context)
      let done = state.end(failure)
      if failure == nil { context.progress(done, jobs.count) }
      return failure == nil
    }
    if let failure = state.failure { throw failure }
    for (job, ended) in zip(waiting, made) { known[job.key] = ended.flatMap { evaluation($0) }?.outcomes }
    guard known.count == jobs.count else { throw Reason("the measurement was stopped") }
    return MeasuredOutcomes(keys: keys, outcomes: known)
  }

  private func remembered(_ context: StepContext) throws(Reason) -> [String: [Outcome<Double>]] {
    guard !context.isForced else { return [:] }
    let records: [String: EvaluationRecord]
    do { records = try context.store.evaluations(jobs.map(\.key)) } catch { throw Reason("\(error)") }
    var known: [String: [Outcome<Double>]] = [:]
    // What cannot be read is measured again.
    for (key, record) in records { known[key] = Evaluation.outcomes(of: record.outcome, count: columns) }
    return known
  }

  /// The evaluation that is kept: as it ended, or with the failure's reason in every column; nil when the machine failed.
  private func evaluation(_ ended: EvaluationRunning.Ended) -> Evaluation? {
    switch ended {
    case .success(let evaluation): return evaluation
    case .failure(let failure):
      guard !failure.isOfMachine else { return nil }
      return Evaluation(
        outcomes: Array(repeating: .failure(failure.reason), count: columns), seconds: 0, peakBytes: 0)
    }
  }

  /// Records the outcomes of an evaluation in the store.
  ///
  /// - Returns: The reason why the measurement cannot go on; nil when it can.
  private func kept(_ ended: EvaluationRunning.Ended, _ job: Job, _ context: StepContext) -> Reason? {
    guard let evaluation = evaluation(ended) else {
      if case .failure(let failure) = ended { return failure.reason }
      return nil
    }
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

  /// The number of evaluations that have ended and the first failure, counted from any thread.
  private final class Progress: Sendable {
    private let state: Mutex<(done: Int, failure: Reason?)>

    init(done: Int) { state = Mutex((done, nil)) }

    /// The first failure.
    var failure: Reason? { state.withLock { $0.failure } }

    /// Counts one more that ended.
    func end(_ failure: Reason?) -> Int {
      state.withLock { state in
        state.failure = state.failure ?? failure
        state.done += 1
        return state.done
      }
    }
  }
}

/// Outcomes of evaluations by architecture, seed and batch.
struct MeasuredOutcomes: Sendable {
  let keys: EvaluationKeys
  let outcomes: [String: [Outcome<Double>]]

  /// The outcomes of an evaluation; nil when it was none of the measurement's.
  func of(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) -> [Outcome<Double>]? {
    outcomes[keys.key(EvaluationRequest(architecture, seed: seed, batch: batch))]
  }
}

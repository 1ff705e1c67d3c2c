import ArchitectureSearch
import Diagnostics
import Measurements
import Outcomes
import Pipeline
import SearchSpaces
import Synchronization
import Tables

/// Scores architectures by measuring them: each metric once for every seed and batch.
struct MetricScorer: CandidateScorer {
  private let session: any MeasuringSession
  /// The columns of the metrics.
  private let columns: [ColumnSchema]
  /// Seed and batch of each evaluation.
  private let runs: [(seed: Int, batch: Int)]
  private let workers: Int
  /// Called with the number of evaluations that have ended.
  private let progress: @Sendable (Int) -> Void
  private let ended = Ended()
  private let made = Made()

  init(
    _ session: any MeasuringSession, columns: [ColumnSchema], runs: [(seed: Int, batch: Int)], workers: Int,
    progress: @escaping @Sendable (Int) -> Void
  ) {
    self.session = session
    self.columns = columns
    self.runs = runs
    self.workers = workers
    self.progress = progress
  }

  func evaluations(of candidates: [ArchitectureRecord]) async throws(Reason) -> [Outcome<CandidateEvaluation>] {
    var requests: [EvaluationRequest] = []
    var unreadable: [Int: Reason] = [:]
    for (place, candidate) in candidates.enumerated() {
      do throws(DiagnosticsError) {
        let architecture = try session.architecture(candidate.json, source: "candidate")
        requests += runs.map { EvaluationRequest(architecture, seed: $0.seed, batch: $0.batch) }
      } catch {
        unreadable[place] = Reason(error.diagnostics.first?.message ?? "it cannot be read")
      }
    }
    let outcomes = await LocalEvaluations(session, workers: workers).outcomes(of: requests) { [ended, progress] _, _ in
      progress(ended.add())
      return true
    }
    var evaluations: [Outcome<CandidateEvaluation>] = []
    var first = 0
    for place in candidates.indices {
      if let reason = unreadable[place] {
        evaluations.append(.failure(reason))
        continue
      }
      evaluations.append(try evaluation(Array(outcomes[first..<first + runs.count])))
      first += runs.count
    }
    made.keep(candidates, evaluations)
    return evaluations
  }

  /// The evaluation of a candidate that was asked for before.
  func known(_ candidate: ArchitectureRecord) -> CandidateEvaluation? { made[candidate] }

  /// The evaluation of one candidate.
  ///
  /// - Throws: `Reason` when the machine failed.
  private func evaluation(_ ended: [EvaluationRunning.Ended?]) throws(Reason) -> Outcome<CandidateEvaluation> {
    var values = [[Double]](repeating: [], count: columns.count)
    for outcome in ended {
      switch outcome {
      case nil: throw Reason("the search was stopped")
      case .failure(let failure)?:
        if failure.isOfMachine { throw failure.reason }
        return .failure(failure.reason)
      case .success(let evaluation)?:
        for (place, value) in evaluation.outcomes.enumerated() {
          switch value {
          case .failure(let reason): return .failure(reason)
          case .success(let number): values[place].append(columns[place].better == .lower ? -number : number)
          }
        }
      }
    }
    return .of { () throws(Reason) in try CandidateEvaluation(values) }
  }

  /// The evaluations of candidates.
  private final class Made: Sendable {
    private let known = Mutex<[ArchitectureRecord: CandidateEvaluation]>([:])

    func keep(_ candidates: [ArchitectureRecord], _ evaluations: [Outcome<CandidateEvaluation>]) {
      known.withLock { known in
        for (candidate, evaluation) in zip(candidates, evaluations) { known[candidate] = evaluation.value }
      }
    }

    subscript(_ candidate: ArchitectureRecord) -> CandidateEvaluation? { known.withLock { $0[candidate] } }
  }

  /// Counts evaluations from any thread.
  private final class Ended: Sendable {
    private let count = Mutex(0)

    func add() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}

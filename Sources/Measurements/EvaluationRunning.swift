import Outcomes
import Synchronization

/// Makes evaluations: on the threads of this process, or on other machines.
package protocol EvaluationRunning: Sendable {
  /// The end of an evaluation: its outcomes, or the failure that left it without.
  typealias Ended = Result<Evaluation, EvaluationFailure>

  /// Makes the evaluations of requests; what comes out does not depend on how many are made at once, nor where.
  ///
  /// - Parameters:
  ///   - requests: The requests.
  ///   - ended: Called as each ends with its place among the requests, from any thread. When it returns false no further
  ///     ones are begun.
  /// - Returns: The end of each, in the order of the requests; nil for those that were not begun, because of `ended` or
  ///   because the task was cancelled.
  func outcomes(
    of requests: [EvaluationRequest], ended: @escaping @Sendable (Int, Ended) -> Bool
  ) async -> [Ended?]
}

/// Makes evaluations on threads of this process, each with a worker of its own.
package struct LocalEvaluations: EvaluationRunning {
  private let session: any MeasuringSession
  private let workers: Int

  /// Makes evaluations with a session.
  ///
  /// - Parameters:
  ///   - session: The session that has read the architectures.
  ///   - workers: Evaluations at once.
  package init(_ session: any MeasuringSession, workers: Int) {
    self.session = session
    self.workers = workers
  }

  package func outcomes(
    of requests: [EvaluationRequest], ended: @escaping @Sendable (Int, Ended) -> Bool
  ) async -> [Ended?] {
    let queue = Queue(requests)
    return await withTaskGroup(of: [(Int, Ended)].self) { group in
      for _ in 0..<min(max(1, workers), requests.count) {
        group.addTask {
          let worker = session.makeWorker()
          var own: [(Int, Ended)] = []
          while !Task.isCancelled, let (index, request) = queue.next() {
            let outcome = Self.measured(worker, request)
            own.append((index, outcome))
            if !ended(index, outcome) { queue.stop() }
          }
          return own
        }
      }
      return await group.reduce(into: [Ended?](repeating: nil, count: requests.count)) { all, own in
        for (index, outcome) in own { all[index] = outcome }
      }
    }
  }

  private static func measured(_ worker: any ArchitectureWorker, _ request: EvaluationRequest) -> Ended {
    do throws(EvaluationFailure) { return .success(try worker.measure(request)) } catch { return .failure(error) }
  }

  /// Hands out requests, each once.
  private final class Queue: Sendable {
    private let requests: [EvaluationRequest]
    /// The next one's place; nil when no more are handed out.
    private let place = Mutex<Int?>(0)

    init(_ requests: [EvaluationRequest]) { self.requests = requests }

    func next() -> (Int, EvaluationRequest)? {
      place.withLock { place in
        guard let index = place, index < requests.count else { return nil }
        place = index + 1
        return (index, requests[index])
      }
    }

    func stop() { place.withLock { $0 = nil } }
  }
}

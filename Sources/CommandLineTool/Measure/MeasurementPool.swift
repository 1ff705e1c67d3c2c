import Metrics
import Synchronization

/// Carries measurements out in parallel, each worker with a `MeasurementWorker` of its own.
enum MeasurementPool {
  /// The outcome of every request, in the order of the requests; it does not depend on the number of workers.
  ///
  /// - Parameters:
  ///   - count: How many requests there are.
  ///   - workers: Measurements at once, at least 1.
  ///   - request: The request of an index.
  ///   - ended: Called as each ends, from any thread.
  static func run(
    _ count: Int, workers: Int, request: @escaping @Sendable (Int) -> MeasurementRequest,
    ended: @escaping @Sendable (Int, Result<MeasurementResult, MetricError>) -> Void
  ) async -> [Result<MeasurementResult, MetricError>] {
    let queue = Queue(count)
    let outcomes = await withTaskGroup(of: [(Int, Result<MeasurementResult, MetricError>)].self) { group in
      for _ in 0..<min(max(1, workers), count) {
        group.addTask {
          let worker = MeasurementWorker()
          var own: [(Int, Result<MeasurementResult, MetricError>)] = []
          while let index = queue.next() {
            let outcome = measured(worker, request(index))
            ended(index, outcome)
            own.append((index, outcome))
          }
          return own
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func measured(
    _ worker: MeasurementWorker, _ request: MeasurementRequest
  ) -> Result<MeasurementResult, MetricError> {
    do throws(MetricError) { return .success(try worker.measure(request)) } catch { return .failure(error) }
  }

  /// Hands out indices, each once.
  private final class Queue: Sendable {
    private let count: Int
    private let handedOut = Mutex(0)

    init(_ count: Int) { self.count = count }

    /// The next index; nil when all are handed out.
    func next() -> Int? {
      handedOut.withLock { index in
        guard index < count else { return nil }
        defer { index += 1 }
        return index
      }
    }
  }
}

import Foundation
import Synchronization

/// Work spread over threads.
enum Parallel {
  /// Number of processors that work.
  static var workers: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The results of a function of 0 ..< `count`, in order.
  ///
  /// - Throws: The error of the first place that failed.
  static func map<Value: Sendable>(
    _ count: Int, workers: Int = Self.workers, _ body: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = Result { try body(index) }
        results.withLock { $0[index] = result }
      }
    }
    return try results.withLock { results in try results.compactMap { try $0?.get() } }
  }
}

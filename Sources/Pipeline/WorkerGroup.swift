/// Work spread over the workers of a step.
package enum WorkerGroup {
  /// The values of a function at every index, in order, whatever the number of workers. Worker w of n takes indices w, w + n, …
  package static func map<Value: Sendable>(
    _ indices: Range<Int>, workers: Int, _ value: @escaping @Sendable (Int) -> Value
  ) async -> [Value] {
    let count = max(1, min(workers, indices.count))
    let made = await withTaskGroup(of: [(index: Int, value: Value)].self) { group in
      for worker in 0..<count {
        group.addTask {
          stride(from: indices.lowerBound + worker, to: indices.upperBound, by: count).map { ($0, value($0)) }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    return made.sorted { $0.index < $1.index }.map(\.value)
  }
}

import Documents
import Outcomes
import Store
import Tables

/// The artifacts that a step reads, by input name.
package struct StepInputs: Sendable {
  private let fetch: @Sendable (String) throws(Reason) -> Artifact

  /// An artifact in the forms steps read it, decoded at most once a run.
  package enum Artifact: Sendable {
    case table(Table)
    case json(JSONValue)
    case bytes([UInt8])
  }

  package init(fetch: @escaping @Sendable (String) throws(Reason) -> Artifact) { self.fetch = fetch }

  /// The artifact of an input, whatever it is.
  package func artifact(_ name: String) throws(Reason) -> Artifact { try fetch(name) }

  /// The table of an input.
  package func table(_ name: String) throws(Reason) -> Table {
    guard case .table(let table) = try fetch(name) else { throw Reason("input \(name) is not a table") }
    return table
  }

  /// The JSON document of an input.
  package func json(_ name: String) throws(Reason) -> JSONValue {
    guard case .json(let value) = try fetch(name) else { throw Reason("input \(name) is not JSON") }
    return value
  }

  /// The bytes of an input.
  package func bytes(_ name: String) throws(Reason) -> [UInt8] {
    switch try fetch(name) {
    case .bytes(let bytes): bytes
    case .table(let table): table.encoded()
    case .json(let value): Array(value.text(indent: 2).utf8)
    }
  }
}

/// The workers and the store that a step may use besides its inputs; its output must not depend on them.
package struct StepContext: Sendable {
  /// Number of workers that the step may use.
  package let workers: Int
  /// The store, in which a measurement keeps each evaluation as it ends.
  package let store: Store
  /// True when evaluations that the store has are made again.
  package let isForced: Bool
  /// Reports that `done` of the `total` parts of the step's work are done.
  package let progress: @Sendable (_ done: Int, _ total: Int) -> Void
}

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

import Diagnostics
import Measurements
import Outcomes

/// An array whose tasks are waited for: what each has been asked, what it has given, and how it fares.
struct ArrayWatch {
  let folder: ArrayFolder
  /// The name of the job.
  let name: String
  /// The number of the job; nil when it is not known to have been sent.
  var job: String?
  var tasks: [Int: Task]
  /// True when it was sent by a run before.
  let isAdopted: Bool
  private var readers: [String: ResultReader] = [:]

  /// A task of the array.
  struct Task {
    /// Keys without a result.
    var missing: Set<String>
    /// Keys of all that it was asked.
    let asked: Set<String>
    /// Keys that were begun and have no result.
    var begun: Set<String> = []
    /// True when it has given a result.
    var hasGiven = false
    /// The last state that the controller gave.
    var state: Slurm.TaskState?
    /// When it was first seen to have ended.
    var ended: ContinuousClock.Instant?
    /// True when nothing more is expected of it.
    var isSettled = false
    /// True when no process works on it, and none will.
    var isClosed = false
    /// Files of results that its lock names.
    var journals: [String] = []
    /// How it ended, when it ended without all its results.
    var failure: FailedTask?
  }

  /// Begins to watch.
  init(_ folder: ArrayFolder, name: String, job: String?, asked: [Int: [String]], isAdopted: Bool) {
    self.folder = folder
    self.name = name
    self.job = job
    self.isAdopted = isAdopted
    tasks = asked.mapValues { Task(missing: Set($0), asked: Set($0)) }
  }

  /// True when nothing more is expected of any task.
  var hasEnded: Bool { tasks.values.allSatisfy(\.isSettled) }

  /// True when a task has not begun yet.
  var isWaiting: Bool {
    tasks.values.contains { !$0.isSettled && ($0.state == nil || $0.state?.name == "PENDING") }
  }

  /// Sees to it that no process works on a task, and none will: one that is begun later ends at once.
  ///
  /// - Returns: nil when it is so; else who works on it, in words.
  /// - Throws: `Reason` when the lock cannot be used.
  mutating func close(_ number: Int) throws(Reason) -> String? {
    guard tasks[number]?.isClosed == false else { return nil }
    switch try TaskLock.attempt(folder.lock(number)) {
    case .held(let who): return who ?? "a process"
    case .missing: break
    case .taken(let lock):
      try lock.end()
      tasks[number]?.journals = folder.results(of: number, lock)
    }
    tasks[number]?.isClosed = true
    return nil
  }

  /// Reads the results that are new.
  ///
  /// - Parameters:
  ///   - give: Takes an evaluation of a key that a task was asked.
  ///   - damaged: Takes a finding on a line that cannot be used.
  mutating func collect(
    configuration: String, columns: Int, give: (String, Evaluation) -> Void, damaged: (Diagnostic) -> Void
  ) {
    var paths: [String: Int] = [:]
    for (number, path) in folder.journals { paths[path] = number }
    for (number, task) in tasks { for path in task.journals { paths[path] = number } }
    for (path, number) in paths.sorted(by: { $0.key < $1.key }) {
      guard var task = tasks[number] else { continue }
      var reader = readers[path] ?? ResultReader(path, configuration: configuration, columns: columns)
      reader.read(isSettled: task.isClosed && !task.isSettled) { event in
        switch event {
        case .began(let key):
          if task.missing.contains(key) { task.begun.insert(key) }
        case .ended(let key, let evaluation):
          guard task.asked.contains(key) else {
            damaged(
              Diagnostic(
                id: "bad-results", severity: .warning, location: SourceLocation(file: path, line: 1),
                message: "a result was not asked for and is left out"))
            return
          }
          task.begun.remove(key)
          task.hasGiven = true
          if task.missing.remove(key) != nil { give(key, evaluation) }
        case .damaged(let finding): damaged(finding)
        }
      }
      readers[path] = reader
      // It may still end in its own way, but there is nothing to wait for.
      if task.missing.isEmpty { task.isSettled = true }
      tasks[number] = task
    }
  }
}

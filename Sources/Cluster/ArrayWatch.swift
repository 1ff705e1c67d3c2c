import Diagnostics
import Measurements

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

  /// Reads the results that are new.
  ///
  /// - Parameters:
  ///   - give: Takes an evaluation of a key that a task was asked.
  ///   - damaged: Takes a finding on a line that cannot be used.
  mutating func collect(
    configuration: String, columns: Int, give: (String, Evaluation) -> Void, damaged: (Diagnostic) -> Void
  ) {
    for (number, path) in folder.journals {
      guard var task = tasks[number] else { continue }
      var reader = readers[path] ?? ResultReader(path, configuration: configuration, columns: columns)
      reader.read { event in
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

import Datasets
import Diagnostics
import Files
import Glibc
import Measurements
import Outcomes

/// Does what a task of an array is asked: reads requests, makes the evaluations that no file of results has, and writes each as
/// it ends. The store is not opened.
package struct TaskWorker: Sendable {
  private let array: ArrayFolder
  private let task: Int
  private let workers: Int
  private let engine: any ArchitectureMeasuring
  private let catalog: Catalog
  private let location: DataLocation

  /// What a task has done.
  package struct Summary: Sendable, Hashable {
    /// Evaluations that were made now.
    package var made = 0
    /// Evaluations that an earlier process of the task had made.
    package var known = 0
    /// True when the task was given up before it began: what it had not made may have been sent again.
    package var isClosed = false
    /// The failure of the machine by which the task ended early; nil when it did all that it was asked.
    package var failure: Reason?
  }

  /// Creates a worker.
  ///
  /// - Parameters:
  ///   - folder: The array's folder.
  ///   - task: The number of the task.
  ///   - workers: Evaluations at once.
  package init(
    folder: String, task: Int, workers: Int, engine: any ArchitectureMeasuring, catalog: Catalog, location: DataLocation
  ) {
    array = ArrayFolder(path: ArrayFolder.absolute(folder))
    self.task = task
    self.workers = workers
    self.engine = engine
    self.catalog = catalog
    self.location = location
  }

  /// Makes the evaluations. One process at a time does: another one of the same task waits until it has ended, and goes on
  /// with what it has left.
  ///
  /// - Parameters:
  ///   - atEnd: Takes what is to be done when the process is ended from outside.
  ///   - say: Takes lines for the log.
  /// - Throws: `DiagnosticsError` for files that cannot be used, and when this program or its data would give other keys.
  package func run(
    atEnd: (@escaping @Sendable () -> Void) -> Void, say: (String) -> Void
  ) async throws(DiagnosticsError) -> Summary {
    guard FileSystem.exists(array.path) else {
      throw DiagnosticsError(
        [Diagnostic(id: "missing-file", message: "\(array.path): there is no folder of an array")], kind: .missingInput)
    }
    let file = try MeasurementFile.read(array.measurement.file)
    let settings = file.settings
    let keys = EvaluationKeys(
      settings, engineVersion: engine.version, tokens: try engine.tokenFiles(of: settings, catalog: catalog))
    guard keys.configuration == file.configuration.value, engine.metricColumns(of: settings).count == file.columns
    else {
      throw DiagnosticsError([
        Diagnostic(
          id: "other-measurement", location: file.configuration.location,
          message: "this program would measure something else than was asked",
          reason: "its version, its catalogue or a text differs from those of the run that asks",
          fix: "use the same program and the same data on all machines")
      ])
    }
    let entries = try RequestFile.read(array.requests(task), keys: keys)
    let lock = try await locked(say)
    defer { withExtendedLifetime(lock) {} }
    let done = keysWithResults(file, lock)
    let open = entries.filter { !done.contains($0.key) }
    var summary = Summary(known: entries.count - open.count, isClosed: lock.isClosed)
    guard !open.isEmpty, !lock.isClosed else { return summary }
    // Locks are taken away before results are: what was read above was all there was.
    guard lock.isInPlace else { throw gone }
    let session = try engine.session(settings, catalog: catalog, location: location)
    try session.checkBatch(settings.tokens.lastBatch)
    let journal: ResultJournal
    do throws(Reason) {
      journal = try ResultJournal(folder: array.results, task: task, configuration: keys.configuration)
      try lock.add(journal: FileSystem.name(of: journal.path), who: Self.words)
    } catch {
      throw DiagnosticsError([Diagnostic(id: "unwritable", message: error.text)], kind: .inputOutput)
    }
    atEnd { journal.sync() }
    let recorded = RecordedSession(session, keys: keys, columns: file.columns, journal: journal)
    let ends = await LocalEvaluations(recorded, workers: workers).outcomes(of: open.map(\.request)) { _, end in
      if case .failure = end { false } else { true }
    }
    journal.sync()
    for end in ends {
      switch end {
      case .success: summary.made += 1
      case .failure(let failure): summary.failure = summary.failure ?? failure.reason
      case nil: continue
      }
    }
    return summary
  }

  /// Waits for the lock of the task.
  private func locked(_ say: (String) -> Void) async throws(DiagnosticsError) -> TaskLock {
    var pause = 0.1
    var hasSaid = false
    while true {
      let attempt: TaskLock.Attempt
      do throws(Reason) { attempt = try TaskLock.attempt(array.lock(task)) } catch {
        throw DiagnosticsError([Diagnostic(id: "no-lock", message: error.text)], kind: .inputOutput)
      }
      switch attempt {
      case .taken(let lock): return lock
      case .missing: throw gone
      case .held(let who):
        if !hasSaid { say("task \(task): waiting for \(who ?? "another process") that works on it") }
        hasSaid = true
        try? await Task.sleep(for: .seconds(pause))
        pause = min(2, 1.5 * pause)
      }
    }
  }

  private var gone: DiagnosticsError {
    DiagnosticsError(
      [Diagnostic(id: "missing-file", message: "\(array.lock(task)): there is no such task, or it is over")],
      kind: .missingInput)
  }

  /// This process, in words.
  private static var words: String {
    let job = getenv("SLURM_JOB_ID").map { ", job \(String(cString: $0))" } ?? ""
    return "process \(getpid()) on \(ResultJournal.host)\(job)"
  }

  /// Keys that earlier processes of the task have made: one that was killed, or stopped to make room for another.
  private func keysWithResults(_ file: MeasurementFile, _ lock: TaskLock) -> Set<String> {
    var keys: Set<String> = []
    for path in array.results(of: task, lock) {
      var reader = ResultReader(path, configuration: file.configuration.value, columns: file.columns)
      reader.read(isSettled: true) { event in if case .ended(let key, _) = event { keys.insert(key) } }
    }
    return keys
  }
}

/// A session whose workers write down what they begin and what they have made. An architecture's own failure is a result; what
/// is left to fail is the machine.
private struct RecordedSession: MeasuringSession {
  private let session: any MeasuringSession
  private let keys: EvaluationKeys
  private let columns: Int
  private let journal: ResultJournal

  init(_ session: any MeasuringSession, keys: EvaluationKeys, columns: Int, journal: ResultJournal) {
    self.session = session
    self.keys = keys
    self.columns = columns
    self.journal = journal
  }

  var textDigest: String? { session.textDigest }
  func checkBatch(_ index: Int) throws(DiagnosticsError) { try session.checkBatch(index) }
  func architecture(_ text: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture {
    try session.architecture(text, source: source)
  }
  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String] {
    try session.sample(count: count, seed: seed)
  }
  func makeWorker() -> any ArchitectureWorker { Worker(self, session.makeWorker()) }

  private final class Worker: ArchitectureWorker {
    private let session: RecordedSession
    private let worker: any ArchitectureWorker

    init(_ session: RecordedSession, _ worker: any ArchitectureWorker) {
      self.session = session
      self.worker = worker
    }

    func measure(_ request: EvaluationRequest) throws(EvaluationFailure) -> Evaluation {
      let key = session.keys.key(request)
      do throws(Reason) { try session.journal.begin(key) } catch { throw EvaluationFailure(error, isOfMachine: true) }
      let made: Evaluation
      do throws(EvaluationFailure) { made = try worker.measure(request) } catch {
        guard !error.isOfMachine else { throw error }
        made = Evaluation(
          outcomes: Array(repeating: .failure(error.reason), count: session.columns), seconds: 0, peakBytes: 0)
      }
      guard made.outcomes.count == session.columns else {
        throw EvaluationFailure(
          Reason("the engine gave \(made.outcomes.count) outcomes for \(session.columns) columns"), isOfMachine: true)
      }
      do throws(Reason) { try session.journal.end(key, made) } catch {
        throw EvaluationFailure(error, isOfMachine: true)
      }
      return made
    }
  }
}

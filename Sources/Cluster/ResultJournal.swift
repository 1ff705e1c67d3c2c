import Files
import Glibc
import Measurements
import Outcomes
import Synchronization

/// The results of one process that works on a task, written as they are made. A file has one writer, and is only added to; a
/// line is written at once and has a digest of itself, so that a reader sees a result whole or not at all.
///
/// ```
/// trainfree results 1 CONFIGURATION
/// begin⇥KEY⇥DIGEST
/// end⇥KEY⇥SECONDS⇥BYTES⇥OPERATIONS⇥OUTCOMES⇥DIGEST
/// ```
///
/// A process that is killed leaves `begin` without `end` for what it was measuring, and loses nothing that had ended. When a
/// whole machine stops, what ended in the last second may be lost too.
final class ResultJournal: Sendable {
  /// What the head of a file begins with.
  static let head = "trainfree results 1"
  /// Time between two calls that have the disk keep what was written.
  private static let interval = Duration.seconds(1)

  let path: String
  private let descriptor: Int32
  private let lastSync = Mutex(ContinuousClock.now)

  /// Makes a file of its own for a task.
  ///
  /// - Throws: `Reason` when it cannot be written.
  init(folder: String, task: Int, configuration: String) throws(Reason) {
    do throws(FileFailure) { try FileSystem.makeFolder(folder) } catch { throw Reason("\(error)") }
    let safe = String(Self.host.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    var made: (path: String, descriptor: Int32)?
    for attempt in 0..<1000 where made == nil {
      let path = "\(folder)/\(task).\(safe.prefix(40)).\(getpid()).\(attempt).journal"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        made = (path, descriptor)
      } else if errno != EEXIST {
        throw Reason("\(path): \(String(cString: strerror(errno)))")
      }
    }
    guard let made else { throw Reason("\(folder): there are too many results of task \(task)") }
    (path, descriptor) = made
    try append("\(Self.head) \(configuration)\n")
  }

  deinit { close(descriptor) }

  /// The name of this machine.
  static var host: String {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, 255)
    return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// States that an evaluation begins.
  func begin(_ key: String) throws(Reason) { try append(CheckedLine.text(["begin", key])) }

  /// Adds the evaluation of a key.
  func end(_ key: String, _ evaluation: Evaluation) throws(Reason) {
    try append(
      CheckedLine.text([
        "end", key, "\(evaluation.seconds)", "\(evaluation.peakBytes)", "\(evaluation.floatingPointOperations)",
        evaluation.text,
      ]))
    let isDue = lastSync.withLock { last in
      guard ContinuousClock.now - last >= Self.interval else { return false }
      last = .now
      return true
    }
    if isDue { sync() }
  }

  /// Has the disk keep what was written.
  func sync() { fdatasync(descriptor) }

  private func append(_ text: String) throws(Reason) {
    let bytes = Array(text.utf8)
    var count = 0
    repeat {
      count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count == bytes.count else {
      throw Reason("\(path): cannot write: \(count < 0 ? String(cString: strerror(errno)) : "the disk is full")")
    }
  }
}

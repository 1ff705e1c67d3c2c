import Files
import Glibc
import Outcomes

/// The right to work on a task of an array, and to say that nobody will any more: an exclusive `flock` on `tasks/N.lock`, which
/// the system lets go when the process that holds it ends in whatever way.
///
/// The file itself says what has to be known before work begins, one line each:
///
/// ```
/// process⇥JOURNAL⇥WHO⇥DIGEST    a process has taken the lock, and writes its results to JOURNAL
/// closed⇥DIGEST                 the task was given up: what it had not made may have been sent again
/// ```
///
/// Both are read from the file that is locked and not from its folder, as taking a lock is what makes NFS ask the server for the
/// file anew; names in a folder may be a minute old there.
final class TaskLock: Sendable {
  /// What came of the wish for the lock.
  enum Attempt {
    case taken(TaskLock)
    /// A process has it: who took it last, in words, when the file says so.
    case held(by: String?)
    /// There is no such file: the array is gone, or has no such task.
    case missing
  }

  /// The most bytes of the file that are read.
  private static let limit = 1 << 20

  private let path: String
  private let descriptor: Int32
  /// True when the task was given up.
  let isClosed: Bool
  /// Files of results of the processes that have had the lock, by name.
  let journals: [String]

  private init(_ path: String, _ descriptor: Int32, _ content: Content) {
    self.path = path
    self.descriptor = descriptor
    isClosed = content.isClosed
    journals = content.journals
  }

  deinit { close(descriptor) }

  /// Takes the lock if nobody has it.
  ///
  /// - Throws: `Reason` when the file cannot be used, or the file system has no locks.
  static func attempt(_ path: String) throws(Reason) -> Attempt {
    // A pipe is not waited for, and what it is shows below.
    let descriptor = open(path, O_RDWR | O_APPEND | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT else { return .missing }
      throw failure(path, errno)
    }
    var isKept = false
    defer { if !isKept { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Reason("\(path): it is no regular file")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else { throw failure(path, code) }
      return .held(by: try content(path, descriptor).last)
    }
    let content = try content(path, descriptor)
    isKept = true
    return .taken(TaskLock(path, descriptor, content))
  }

  /// True when the path still leads to the file that is locked: the submitting process takes the locks away before the results.
  var isInPlace: Bool {
    let again = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard again >= 0 else { return false }
    defer { close(again) }
    var status = stat()
    var own = stat()
    guard fstat(again, &status) == 0, fstat(descriptor, &own) == 0 else { return false }
    return status.st_ino == own.st_ino && status.st_dev == own.st_dev
  }

  /// Adds the file of results to which the process that has the lock writes.
  ///
  /// - Parameter who: The process, in words.
  func add(journal: String, who: String) throws(Reason) { try append(["process", journal, who]) }

  /// Says that nobody shall work on the task any more.
  func end() throws(Reason) { if !isClosed { try append(["closed"]) } }

  private func append(_ fields: [String]) throws(Reason) {
    // A process that was killed may have left a part of a line.
    let bytes = Array("\n\(CheckedLine.text(fields))".utf8)
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count < 0 || count == bytes.count else { throw Reason("\(path): cannot write: the disk is full") }
    guard count >= 0, fsync(descriptor) == 0 else {
      throw Reason("\(path): cannot write: \(String(cString: strerror(errno)))")
    }
  }

  private struct Content {
    var isClosed = false
    var journals: [String] = []
    var last: String?
  }

  private static func content(_ path: String, _ descriptor: Int32) throws(Reason) -> Content {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = pread(descriptor, &bytes, limit, 0)
    guard count >= 0 else { throw failure(path, errno) }
    guard count < limit else { throw Reason("\(path): it has over \(limit) bytes") }
    var content = Content()
    for line in bytes[..<count].split(separator: UInt8(ascii: "\n")) {
      guard let fields = CheckedLine.fields(line) else { continue }
      switch (fields.first, fields.count) {
      case ("closed", 1): content.isClosed = true
      case ("process", 3):
        content.journals.append(fields[1])
        content.last = fields[2]
      default: continue
      }
    }
    return content
  }

  private static func failure(_ path: String, _ code: Int32) -> Reason {
    Reason("\(path): cannot be locked: \(String(cString: strerror(code)))")
  }
}

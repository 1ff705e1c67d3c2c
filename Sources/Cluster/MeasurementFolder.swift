import Diagnostics
import Files
import Glibc
import Measurements
import Outcomes

/// The folder of a measurement: `measurement.json`, a lock, and its arrays.
struct MeasurementFolder: Sendable, Hashable {
  /// The path, absolute.
  let path: String

  /// The file that every request shares.
  var file: String { "\(path)/measurement.json" }
  private var arraysPath: String { "\(path)/arrays" }

  /// The arrays in the order in which they were made.
  var arrays: [ArrayFolder] {
    FileSystem.names(in: arraysPath).filter { !$0.hasPrefix(".") }.map { ArrayFolder(path: "\(arraysPath)/\($0)") }
  }

  /// Makes the folder of a measurement, or finds it.
  ///
  /// - Throws: `Reason` when it cannot be written.
  init(for work: EvaluationWork, in folder: String) throws(Reason) {
    let again = work.isForced ? "-again-\(time(nil))-\(getpid())" : ""
    path = "\(ArrayFolder.absolute(folder))/\(work.keys.configuration.prefix(16))\(again)"
    do throws(FileFailure) {
      try FileSystem.makeFolder(arraysPath)
      try FileSystem.write(Array(MeasurementFile(work).text.utf8), to: file)
    } catch { throw Reason("\(error)") }
  }

  init(path: String) { self.path = path }

  /// Takes the right to send requests of this measurement, until the lock is let go or the process ends.
  ///
  /// - Throws: `Reason` when another process has it.
  func lock() throws(Reason) -> FolderLock {
    let name = "\(path)/lock"
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Reason("\(name): \(String(cString: strerror(errno)))") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw Reason(
        code == EWOULDBLOCK
          ? "another run sends this measurement: \(name) is locked"
          : "\(name): cannot be locked: \(String(cString: strerror(code)))")
    }
    return FolderLock(descriptor)
  }

  /// Makes an array: hidden while it is filled, then there as a whole.
  ///
  /// - Parameters:
  ///   - batches: The requests of each task.
  ///   - script: The text of `job.sh`, made for the folder that the array will have.
  func makeArray(
    _ batches: [[RequestFile.Entry]], configuration: String, script: (ArrayFolder) -> String
  ) throws(Reason) -> ArrayFolder {
    for name in FileSystem.names(in: arraysPath) where name.hasPrefix(".") { Self.removeAll("\(arraysPath)/\(name)") }
    // A name that nobody here made counts for nothing.
    let numbers = arrays.compactMap { Int($0.name.prefix { $0 != "-" }) }.filter { (1..<1_000_000_000).contains($0) }
    let number = String((numbers.max() ?? 0) + 1)
    let random = String(UInt32.random(in: .min ... .max), radix: 16)
    let name = String(repeating: "0", count: max(0, 4 - number.count)) + number + "-" + random
    let hidden = ArrayFolder(path: "\(arraysPath)/.\(name)")
    let array = ArrayFolder(path: "\(arraysPath)/\(name)")
    do throws(FileFailure) {
      for folder in ["tasks", "results", "logs"] { try FileSystem.makeFolder("\(hidden.path)/\(folder)") }
      for (task, batch) in batches.enumerated() {
        let text = RequestFile.text(batch, configuration: configuration)
        try FileSystem.write(Array(text.utf8), to: hidden.requests(task))
        guard close(open(hidden.lock(task), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)) == 0 else {
          throw FileFailure.system(
            path: hidden.lock(task), action: "write", code: errno, text: String(cString: strerror(errno)))
        }
      }
      try FileSystem.write(Array(script(array).utf8), to: "\(hidden.path)/job.sh")
    } catch { throw Reason("\(error)") }
    guard rename(hidden.path, array.path) == 0 else {
      throw Reason("\(array.path): cannot be made: \(String(cString: strerror(errno)))")
    }
    return array
  }

  /// Takes an array away that was not sent.
  func discard(_ array: ArrayFolder) {
    Self.removeLocks(of: array)
    Self.removeAll(array.path)
  }

  /// Takes the folder away: the locks first, so that a task that is begun again meanwhile does not find results missing.
  func remove() {
    for array in arrays { Self.removeLocks(of: array) }
    Self.removeAll(path)
    // The folder of all measurements goes with its last one.
    rmdir(FileSystem.folder(of: path))
  }

  private static func removeLocks(of array: ArrayFolder) {
    for task in array.tasks { unlink(array.lock(task)) }
  }

  private static func removeAll(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in FileSystem.names(in: path) { removeAll("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// The right to send requests, held as long as the object is there.
final class FolderLock: Sendable {
  private let descriptor: Int32
  fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }
}

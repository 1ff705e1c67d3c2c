import Diagnostics
import Files
import Glibc
import Measurements
import Outcomes

/// The folder of an array of tasks:
///
/// | name | content |
/// |---|---|
/// | `tasks/N.requests` | what task N is to measure |
/// | `tasks/N.lock` | held by the process that works on task N (`TaskLock`) |
/// | `job.sh` | what the scheduler runs |
/// | `job` | the number of the job, once it was sent |
/// | `results/N.*.journal` | results of task N, a file for each process that worked on it |
/// | `logs/N.log` | what task N said |
/// | `cancelled` | there when an interrupted run has cancelled the job |
/// | `ended` | there when all tasks have ended and their results were taken |
struct ArrayFolder: Sendable, Hashable {
  /// The path, absolute.
  let path: String

  /// The last part of the path, such as `0001-3f9a02bc`; unique among all arrays.
  var name: String { FileSystem.name(of: path) }
  var results: String { "\(path)/results" }
  /// The folder of the measurement that the array belongs to.
  var measurement: MeasurementFolder { MeasurementFolder(path: FileSystem.folder(of: FileSystem.folder(of: path))) }

  func requests(_ task: Int) -> String { "\(path)/tasks/\(task).requests" }
  func lock(_ task: Int) -> String { "\(path)/tasks/\(task).lock" }
  func logFile(_ task: Int) -> String { "\(path)/logs/\(task).log" }

  /// The number of the job; nil when it is not known to have been sent.
  var job: String? {
    guard let bytes = try? Self.bytes("\(path)/job", limit: 100) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
    return text.flatMap { $0.allSatisfy(\.isNumber) ? $0 : nil }
  }

  /// The name of the file that says that an interrupted run has cancelled the job.
  static let cancelled = "cancelled"

  /// True when an interrupted run has cancelled the job.
  var isCancelled: Bool { FileSystem.exists("\(path)/\(Self.cancelled)") }

  /// True when all tasks have ended and their results were taken.
  var hasEnded: Bool { FileSystem.exists("\(path)/ended") }

  /// Writes a small file.
  func write(_ text: String, to name: String) throws(Reason) {
    do throws(FileFailure) { try FileSystem.write(Array(text.utf8), to: "\(path)/\(name)") } catch {
      throw Reason("\(error)")
    }
  }

  /// Numbers of the tasks, in order.
  var tasks: [Int] {
    FileSystem.names(in: "\(path)/tasks").compactMap { name in
      name.hasSuffix(".requests") ? Int(name.dropLast(".requests".count)) : nil
    }.sorted()
  }

  /// The files of results with their tasks, in order.
  var journals: [(task: Int, path: String)] {
    FileSystem.names(in: results).compactMap { name in
      guard name.hasSuffix(".journal"), let dot = name.firstIndex(of: "."), let task = Int(name[..<dot]) else {
        return nil
      }
      return (task, "\(results)/\(name)")
    }
  }

  /// The files of results of a task: those in the folder, and those that its lock names.
  func results(of task: Int, _ lock: TaskLock) -> [String] {
    let named = lock.journals.filter { $0.hasPrefix("\(task).") && $0.hasSuffix(".journal") && !$0.contains("/") }
    let found = journals.filter { $0.task == task }.map(\.path)
    return Set(named.map { "\(results)/\($0)" }).union(found).sorted()
  }

  /// The last lines of a task's log, at most 1000 bytes.
  func tail(_ task: Int) -> String {
    guard let size = FileSystem.size(logFile(task)), size > 0, let reader = try? FileReader(logFile(task), limit: .max),
      let bytes = try? reader.bytes(at: max(0, size - 1000), count: min(1000, size))
    else { return "" }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(5).joined(separator: "\n")
  }

  /// A file's bytes. A pipe, on which one could wait for ever, and a device are refused.
  ///
  /// - Throws: `DiagnosticsError`.
  static func bytes(_ path: String, limit: Int) throws(DiagnosticsError) -> [UInt8] {
    guard !FileSystem.exists(path) || FileSystem.isFile(path) else {
      throw DiagnosticsError([Diagnostic(id: "unreadable-file", message: "\(path): it is no regular file")])
    }
    do throws(FileFailure) { return try FileSystem.read(path, limit: limit) } catch {
      let isMissing = if case .notFound = error { true } else { false }
      throw DiagnosticsError(
        [Diagnostic(id: isMissing ? "missing-file" : "unreadable-file", message: "\(error)")],
        kind: isMissing ? .missingInput : error.isOfMachine ? .inputOutput : .badInput)
    }
  }

  /// A path from the root folder.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    guard let working = getcwd(nil, 0) else { return path }
    defer { free(working) }
    return path == "." ? String(cString: working) : "\(String(cString: working))/\(path)"
  }
}

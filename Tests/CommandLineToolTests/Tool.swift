import Foundation

/// The checkout's folder.
let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path
/// A local copy of the public data, when TRAINFREE_DATA names one.
let dataFolder: String? = ProcessInfo.processInfo.environment["TRAINFREE_DATA"].flatMap { $0.isEmpty ? nil : $0 }

/// Runs the built binary in a folder of its own.
final class Tool {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "trainfree-tool-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A process that has not been started.
  func process(
    _ arguments: [String], environment: [String: String] = [:], program: String = "trainfree"
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(checkout)/.build/debug/\(program)")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment
    all["TRAINFREE_HOME"] = checkout
    all["XDG_CACHE_HOME"] = folder + "/cache"
    all.merge(environment) { $1 }
    process.environment = all
    return process
  }

  /// Runs to the end.
  func run(
    _ arguments: [String], environment: [String: String] = [:], program: String = "trainfree"
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = process(arguments, environment: environment, program: program)
    let errors = folder + "/stderr-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: errors)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: data, as: UTF8.self),
      try String(contentsOfFile: errors, encoding: .utf8)
    )
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Every file of a report folder with its content.
  func files(_ report: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(report)") {
      files[name] = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(report)/\(name)"))
    }
    return files
  }
}

import Files
import Foundation
import TestSupport

/// Runs the built binary in a folder of its own.
final class Tool {
  let folder: String
  /// What the binary sees in its environment besides what the tests see.
  private let places: [String: String]

  /// Where the binary finds catalogue, templates and data.
  enum Home {
    /// The checkout, and the public data where they are.
    case checkout
    /// `home` in the tool's folder, made up.
    case synthetic
  }

  init(home: Home = .checkout) throws {
    folder = NSTemporaryDirectory() + "trainfree-tool-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    switch home {
    case .checkout: places = ["TRAINFREE_HOME": checkout]
    case .synthetic:
      let made = try SyntheticHome(in: folder + "/home")
      places = ["TRAINFREE_HOME": made.folder, "TRAINFREE_DATA": made.data]
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Where the binaries are: beside the bundle of these tests, which the same build made.
  static let folderOfBinaries: URL = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let build = tests.hasSuffix(".xctest") ? FileSystem.folder(of: tests) : "\(checkout)/.build/debug"
    return URL(fileURLWithPath: build)
  }()

  /// A process that has not been started.
  func process(
    _ arguments: [String], environment: [String: String] = [:], program: String = "trainfree"
  ) -> Process {
    let process = Process()
    process.executableURL = Self.folderOfBinaries.appendingPathComponent(program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment
    all["XDG_CACHE_HOME"] = folder + "/cache"
    all.merge(places) { $1 }
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

  /// A file of the folder as text.
  func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

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

import Foundation
import TestSupport

/// A folder with the small analysis, and Slurm's commands as scripts that run tasks on this machine and do to them what a test
/// asks for (`Fixtures/slurm`).
struct FakeSlurm {
  let tool: Tool
  private let state: String

  /// - Parameter modes: How each job fares, in the order in which they are sent; further ones are fine.
  init(_ modes: [String] = [], settings: String = "keep: true", cells: Int = 6) throws {
    tool = try Tool()
    state = tool.folder + "/slurm"
    try FileManager.default.createDirectory(atPath: state + "/jobs", withIntermediateDirectories: true)
    try tool.write(SmallAnalysis.spec(cells: cells), to: "a.yaml")
    try tool.write("poll: 0.05\nlag: 0\nretries: 2\narray-size: 3\n\(settings)\n", to: "slurm.yaml")
    try tool.write(modes.joined(separator: "\n") + "\n", to: "slurm/modes")
  }

  var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["FAKE_SLURM": state, "PATH": "\(checkout)/Tests/CommandLineToolTests/Fixtures/slurm:\(path)"]
  }

  static let arguments = ["run", "a.yaml", "--executor", "slurm", "--slurm", "slurm.yaml"]

  func run(_ more: [String] = []) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(Self.arguments + more, environment: environment)
  }

  /// The calls of a command, such as `sbatch`.
  func calls(_ command: String) -> [String] {
    let text = (try? tool.text("slurm/calls")) ?? ""
    return text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(command + " ") }
  }

  /// Lines of all files of results that begin with a word.
  func results(_ word: String) throws -> [String] {
    let folder = tool.folder + "/.trainfree/cluster"
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".journal") }.flatMap {
      try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8).split(separator: "\n").filter {
        $0.hasPrefix(word + "\t")
      }
    }.map { String($0.split(separator: "\t")[1]) }
  }

  /// Keys of the results in the folder of an array.
  func ends(in array: String) throws -> [String] {
    let folder = "\(array)/results"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    return try names.flatMap {
      try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8).split(separator: "\n").filter {
        $0.hasPrefix("end\t")
      }
    }.map { String($0.split(separator: "\t")[1]) }
  }

  /// The folder of the only array of so many, by its number from 1.
  func array(_ number: Int = 1) throws -> String {
    let cluster = tool.folder + "/.trainfree/cluster"
    let measurement = try FileManager.default.contentsOfDirectory(atPath: cluster).first ?? ""
    let arrays = try FileManager.default.contentsOfDirectory(atPath: "\(cluster)/\(measurement)/arrays").sorted()
    return "\(cluster)/\(measurement)/arrays/\(arrays[number - 1])"
  }
}

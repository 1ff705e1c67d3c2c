import Foundation
import TestSupport

/// An analysis that needs no data and takes a second.
enum SmallAnalysis {
  /// The spec; the title stands in the report alone, so that another title makes another report and computes nothing.
  static func spec(title: String = "Small", cells: Int = 6) -> String {
    """
    analysis: small
    title: \(title)
    measure:
      cells:
        architectures: {sample: {count: \(cells), seed: 5}}
        network: {vocabulary: 40, embedding: 8, hidden: 12, layers: 2, seeds: [0, 1]}
        tokens: {use: text-free, steps: 5, columns: 4}
        metrics: all
    target: {dataset: cells, column: snip, better: higher}
    correlations:
      main: {metrics: [jacobian-cosine], baselines: [parameters], interval: {resamples: 199, seed: 1}}
    report:
      - text: "{{ cells.rows }} cells: {{ main.jacobian-cosine.kendall-tau-b | .3 }}."
      - figure: {forest: main, name: forest}
      - table: main
    """
  }

  /// A folder with the spec as `a.yaml`, which has been run.
  static func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(spec(), to: "a.yaml")
    let result = try tool.run(["run", "a.yaml"])
    guard result.status == 0 else { throw Failed(text: result.errors) }
    return tool
  }

  struct Failed: Error {
    var text: String
  }
}

extension Tool {
  /// Runs to the end in a shell, where `$TOOL` is the binary.
  func shell(_ script: String) throws -> (status: Int32, errors: String) {
    let process = process([])
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.environment?["TOOL"] = Tool.folderOfBinaries.appendingPathComponent("trainfree").path
    let errors = folder + "/stderr-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: errors) }
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
  }

  /// The names in a folder.
  func names(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").sorted()
  }
}

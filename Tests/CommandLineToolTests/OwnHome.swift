import Files
import Foundation
import TestSupport
import Testing

/// A home with one table of a user's own, `me/scores`, and an analysis of it, `a.yaml`.
struct OwnHome {
  let tool: Tool

  init(csv: [UInt8], columns: String, spec: String) throws {
    tool = try Tool()
    let manager = FileManager.default
    for folder in ["home/data", "data"] {
      try manager.createDirectory(atPath: "\(tool.folder)/\(folder)", withIntermediateDirectories: true)
    }
    try manager.copyItem(atPath: "\(checkout)/templates", toPath: "\(tool.folder)/home/templates")
    try manager.copyItem(
      atPath: "\(checkout)/data/references.bib", toPath: "\(tool.folder)/home/data/references.bib")
    try Data(csv).write(to: URL(fileURLWithPath: "\(tool.folder)/data/scores.csv"))
    try tool.write(
      """
      files:
        f:
          path: scores.csv
          address: https://example.org/f
          licence: CC0-1.0
          citation: serianni2023
          bytes: \(csv.count)
          sha256: \(SHA256.hexDigest(csv))
      datasets:
        - id: me/scores
          title: Scores
          summary: mine
          file: f
          format: csv
          columns:
      \(columns.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
      """, to: "home/data/catalog.yaml")
    try tool.write(spec, to: "a.yaml")
  }

  func run() throws -> (status: Int32, output: String, errors: String) {
    try tool.run(
      ["run", "a.yaml", "--data-dir", "data", "-o", "out", "--offline", "-j", "1"],
      environment: ["TRAINFREE_HOME": "\(tool.folder)/home"])
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(tool.folder)/out/\(name)", encoding: .utf8)
  }

  /// A value of the results by path, as `export` prints it.
  func value(_ path: String) throws -> String {
    let result = try tool.run(["export", "out", "--value", path])
    #expect(result.status == 0, "\(result.errors)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

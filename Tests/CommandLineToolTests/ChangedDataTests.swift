import Foundation
import TestSupport
import Testing

/// A data file that is edited after a run is noticed, and the advice fits a file of the user's own.
@Suite struct ChangedDataTests {
  private let table = "id,depth,score\na,1,.5\nb,2,.4\nc,3,.9\nd,4,.7\ne,5,.8\n"

  /// A home of its own with a catalogue of one file.
  private func tool() throws -> Tool {
    let tool = try Tool()
    let files = FileManager.default
    try files.createDirectory(atPath: tool.folder + "/home/data", withIntermediateDirectories: true)
    for (name, place) in [("templates", "templates"), ("data/references.bib", "data/references.bib")] {
      try files.createSymbolicLink(
        atPath: "\(tool.folder)/home/\(place)", withDestinationPath: "\(checkout)/\(name)")
    }
    try tool.write(table, to: "own.csv")
    try tool.write(
      """
      analysis: own
      title: Own data
      datasets: {own: {use: own/table}}
      target: {dataset: own, column: score}
      correlations:
        main: {metrics: [depth], interval: {resamples: 100, seed: 1}}
      report: [{table: main}]
      """, to: "own.yaml")
    try describe(tool)
    return tool
  }

  /// Writes the catalogue with the file's present size and digest.
  private func describe(_ tool: Tool) throws {
    let sum = try tool.shell("sha256sum own.csv | cut -c1-64 > sum; stat -c %s own.csv > size")
    #expect(sum.status == 0)
    func line(_ name: String) throws -> String {
      try String(contentsOfFile: "\(tool.folder)/\(name)", encoding: .utf8).trimmingCharacters(
        in: .whitespacesAndNewlines)
    }
    try tool.write(
      """
      files:
        own-file:
          path: own.csv
          address: https://localhost/own.csv
          licence: CC0-1.0
          citation: serianni2023
          bytes: \(line("size"))
          sha256: \(line("sum"))
      datasets:
        - id: own/table
          title: Own
          summary: Own.
          file: own-file
          format: csv
          columns:
            id: {type: text, role: identifier}
            depth: {type: real, role: metric, better: higher}
            score: {type: real, role: target, better: higher}
      """, to: "home/data/catalog.yaml")
  }

  private func run(_ tool: Tool, _ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(
      arguments + ["--data-dir", "."], environment: ["TRAINFREE_HOME": tool.folder + "/home", "TRAINFREE_DATA": ""])
  }

  @Test func editedFilesAreNoticed() throws {
    let tool = try tool()
    let first = try run(tool, ["run", "own.yaml"])
    try #require(first.status == 0, "\(first.errors)")
    let report = try tool.files("reports/own")
    for text in [table.replacing(".9", with: ".1"), table + "f,6,.1\n", "", table.replacing("\n", with: "\r\n")] {
      try tool.write(text, to: "own.csv")
      for arguments in [["run", "own.yaml"], ["run", "own.yaml", "-f"], ["run", "own.yaml", "--retry-failed"]] {
        let result = try run(tool, arguments)
        #expect(result.status == 65, "\(arguments): \(result)")
        #expect(result.errors.contains("is not the file that the catalogue describes"), "\(result.errors)")
        #expect(result.errors.contains("data/catalog.yaml"), "\(result.errors)")
        #expect(try tool.files("reports/own") == report)
      }
      let plan = try run(tool, ["plan", "own.yaml", "--exit-code"])
      #expect(plan.status == 5 && plan.output.contains("failed   import/own"))
      #expect(try run(tool, ["run", "own.yaml", "--frozen"]).status == 5)
    }
    // As it was; then described anew; then gone, which changes nothing that is known.
    try tool.write(table, to: "own.csv")
    #expect(try run(tool, ["run", "own.yaml", "--json"]).output.contains("\"ran\": 0"))
    try tool.write(table.replacing(".9", with: ".1"), to: "own.csv")
    try describe(tool)
    #expect(try run(tool, ["run", "own.yaml"]).status == 0)
    #expect(try tool.files("reports/own") != report)
    try FileManager.default.removeItem(atPath: tool.folder + "/own.csv")
    #expect(try run(tool, ["run", "own.yaml", "--offline", "--json"]).output.contains("\"ran\": 0"))
  }
}

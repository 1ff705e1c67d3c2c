import Foundation
import TestSupport
import Testing

/// What the catalogue calls things, on the built binary: another title reaches the report and computes nothing. Needs no
/// data but a table of its own.
@Suite struct TitleRunTests {
  private static let spec = """
    analysis: named
    title: Named
    datasets: {cells: {use: own/cells}}
    target: {dataset: cells, column: loss}
    summaries:
      sizes: {dataset: cells, group-by: [depth], columns: [loss]}
    correlations:
      main: {metrics: [score], given: [depth], interval: {resamples: 199}}
    effects:
      tell: {features: [depth], permutations: 99}
    report:
      - table: sizes
      - table: {from: main, content: partial}
      - table: main
      - table: tell
      - table: data
      - figure: {forest: main}
      - figure: {groups: sizes}
      - figure: {scatter: cells, x: score, y: loss}
    """

  private static func catalogue(_ rows: String, sha256: String) -> String {
    """
    files:
      cells: {path: cells.csv, address: "https://example.org/cells", licence: MIT, citation: own2024, bytes: \(rows.utf8.count), sha256: \(sha256)}
    datasets:
      - id: own/cells
        title: Measured cells
        summary: A few.
        file: cells
        format: csv
        columns:
          id: {type: integer, title: Number, role: identifier}
          depth: {type: integer, title: Stacked layers, role: feature}
          score: {title: Guessed quality, role: metric, better: higher}
          loss: {title: Trained loss, role: target, better: lower}
    """
  }

  /// A home with a table of thirty rows.
  private func tool() throws -> Tool {
    let tool = try Tool()
    var rows = "id,depth,score,loss\n"
    for id in 1...30 { rows += "\(id),\(1 + id % 3),\(id * 7 % 31),\(Double(id * 11 % 37) / 4)\n" }
    for folder in ["home/data", "data"] {
      try FileManager.default.createDirectory(atPath: "\(tool.folder)/\(folder)", withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: tool.folder + "/home/templates", withDestinationPath: checkout + "/templates")
    try tool.write(rows, to: "data/cells.csv")
    let sum = Process()
    sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    sum.arguments = ["\(tool.folder)/data/cells.csv"]
    let pipe = Pipe()
    sum.standardOutput = pipe
    try sum.run()
    let digest = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    sum.waitUntilExit()
    try tool.write(Self.catalogue(rows, sha256: String(digest)), to: "home/data/catalog.yaml")
    try tool.write("@misc{own2024, title = {Own}, year = {2024}}", to: "home/data/references.bib")
    try tool.write(Self.spec, to: "a.yaml")
    return tool
  }

  private func run(_ tool: Tool, _ command: [String]) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(command + ["--home", "home", "--data-dir", "data"])
  }

  /// Each name that the report shows, and another.
  @Test(arguments: [
    ("Trained loss", "Perplexity"), ("Stacked layers", "Levels"), ("Guessed quality", "Estimate"),
    ("Measured cells", "Cells of our own"),
  ])
  func anotherNameReachesTheReportAndComputesNothing(_ old: String, _ new: String) throws {
    let tool = try tool()
    let first = try run(tool, ["run", "a.yaml"])
    try #require(first.status == 0, "\(first.errors)")
    let path = "home/data/catalog.yaml"
    let catalogue = try String(contentsOfFile: "\(tool.folder)/\(path)", encoding: .utf8)
    try tool.write(catalogue.replacing(old, with: new), to: path)
    let plan = try run(tool, ["plan", "a.yaml"])
    #expect(plan.output.contains("run      results: changed: "), "\(plan.output)")
    for step in ["import/", "table/", "coefficients/", "partial/", "effects/", "summary/"] {
      #expect(!plan.output.contains("run      \(step)"), "\(plan.output)")
    }
    let explained = try run(tool, ["explain", "a.yaml", "results"])
    #expect(explained.output.contains("old: \"\(old)") && explained.output.contains("new: \"\(new)"))
    #expect(try run(tool, ["run", "a.yaml"]).status == 0)
    let fresh = try run(tool, ["run", "a.yaml", "--store", "fresh.sqlite", "-o", "fresh"])
    #expect(fresh.status == 0, "\(fresh.errors)")
    #expect(try tool.files("reports/named") == tool.files("fresh"))
    let report = try String(contentsOfFile: tool.folder + "/fresh/report.md", encoding: .utf8)
    #expect(!report.contains(old) && report.localizedCaseInsensitiveContains(new))
    #expect(try run(tool, ["plan", "a.yaml"]).output.hasPrefix("0 of "))
  }
}

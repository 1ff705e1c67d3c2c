import Foundation
import Testing

@Suite struct UsageTests {
  @Test(
    arguments: [
      ([], 0), (["--help"], 0), (["--version"], 0), (["run", "--help"], 0),
      (["--generate-completion-script", "bash"], 0),
      (["frobnicate"], 64), (["run"], 64), (["run", "a.yaml", "-j", "0"], 64), (["check"], 64),
      (["run", "none.yaml"], 66),
      (["check", "none.yaml"], 66), (["store", "info"], 66), (["data", "path", "nothing/such"], 65),
      (["export", "none"], 66),
      (["diff", "a", "b"], 66), (["check", "--schema"], 0), (["data", "list", "--json"], 0),
    ] as [([String], Int32)])
  func exitStatuses(_ arguments: [String], _ status: Int32) throws {
    let result = try Tool().run(arguments)
    #expect(result.status == status, "\(result.errors)")
  }

  @Test func badSpecsAreReportedWholeWithPlaces() throws {
    let tool = try Tool()
    try tool.write(
      """
      analysis: Bad Name
      titel: x
      datasets: {a: {use: serianni2023/bert-reslts}}
      target: {dataset: a, column: gleu}
      correlations: {main: {metrics: [x]}}
      report: [{table: maim}]
      """, to: "bad.yaml")
    let result = try tool.run(["check", "bad.yaml"])
    #expect(result.status == 65 && result.output.isEmpty)
    for part in [
      "bad.yaml:1:11: error", "bad.yaml:2:1: error", "did you mean title?", "bad.yaml:6:18: error",
      "did you mean main?", "4 errors",
    ] {
      #expect(result.errors.contains(part), "\(part) in \(result.errors)")
    }
    try tool.write(
      """
      analysis: bad
      title: x
      datasets: {a: {use: serianni2023/bert-results}}
      target: {dataset: a, column: gleu}
      correlations: {main: {metrics: [head-confidense], baselines: [parametres]}}
      report: [{table: main}]
      """, to: "columns.yaml")
    let json = try tool.run(["check", "columns.yaml", "--json"])
    #expect(json.status == 65 && json.errors.isEmpty)
    #expect(json.output.contains("\"did you mean glue?\""))
  }

  @Test func initWritesAnAnalysisThatChecks() throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "mine.yaml"]).status == 0)
    #expect(try tool.run(["init", "mine.yaml"]).status == 65)
    #expect(try tool.run(["check", "mine.yaml"]).status == 0)
    #expect(try tool.run(["plan", "mine.yaml", "--exit-code"]).status == 5)
  }

  @Test func missingDataIsNamed() throws {
    let tool = try Tool()
    _ = try tool.run(["init", "mine.yaml"])
    let result = try tool.run(["run", "mine.yaml", "--offline"], environment: ["TRAINFREE_DATA": ""])
    #expect(result.status == 66 && result.errors.contains("trainfree data fetch serianni2023-bert-results"))
  }

  @Test func foreignStoresAreRefused() throws {
    let tool = try Tool()
    _ = try tool.run(["init", "mine.yaml"])
    try tool.write("not a database at all", to: "store")
    #expect(try tool.run(["run", "mine.yaml", "--store", "store"]).status == 65)
    #expect(try String(contentsOfFile: tool.folder + "/store", encoding: .utf8) == "not a database at all")
  }
}

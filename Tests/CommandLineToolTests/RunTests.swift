import Foundation
import Testing

/// Whole runs on the public data; skipped without TRAINFREE_DATA.
@Suite(.enabled(if: dataFolder != nil, "needs the public data: TRAINFREE_DATA is not set")) struct RunTests {
  private let analysis = "\(checkout)/Tests/CommandLineToolTests/Fixtures/released.yaml"

  private func run(_ tool: Tool, _ more: [String] = []) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(["run", analysis] + more)
  }

  @Test func bytesDoNotDependOnFolderWorkersOrTime() throws {
    let (one, other) = (try Tool(), try Tool())
    #expect(try run(one, ["-j", "1"]).status == 0)
    #expect(try run(other, ["-j", "2", "-o", "elsewhere/deep"]).status == 0)
    let (first, second) = (try one.files("reports/released"), try other.files("elsewhere/deep"))
    #expect(first.count > 20 && first == second)
    let again = try run(one, ["--json"])
    #expect(again.output.contains("\"ran\": 0") && again.output.contains("\"written\": 0"))
    #expect(try one.run(["diff", "reports/released", other.folder + "/elsewhere/deep"]).status == 0)
    #expect(try run(one, ["--frozen"]).status == 0)
    #expect(try run(one, ["--frozen", "--seed", "9"]).status == 5)
  }

  @Test func aKilledRunGoesOnWithTheSameBytes() throws {
    let whole = try Tool()
    #expect(try run(whole).status == 0)
    let expected = try whole.files("reports/released")
    for delay in [0.05, 0.2, 0.5, 0.9, 1.4] {
      let tool = try Tool()
      let process = tool.process(["run", analysis])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let known = try tool.run(["plan", analysis, "--json"])
      let done = known.output.components(separatedBy: "\"status\": \"current\"").count - 1
      let result = try run(tool, ["--json"])
      #expect(result.status == 0 && result.output.contains("\"current\": \(done)"), "\(done) of \(result.output)")
      #expect(try tool.files("reports/released") == expected)
    }
  }

  @Test func oneSentenceChangesTheReportAlone() throws {
    let tool = try Tool()
    let text = try String(contentsOfFile: analysis, encoding: .utf8)
    try tool.write(text, to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    try tool.write(text.replacing("The best metric", with: "The strongest metric"), to: "a.yaml")
    let plan = try tool.run(["plan", "a.yaml"])
    #expect(
      plan.output.contains("1 of ") && plan.output.contains("run      report: changed: parameters.analysis.report"))
    #expect(try tool.run(["explain", "a.yaml", "report"]).output.contains("The strongest metric"))
    #expect(try tool.run(["run", "a.yaml", "--json"]).output.contains("\"ran\": 1"))
  }

  @Test func proseThatNamesNothingFails() throws {
    let tool = try Tool()
    let text = try String(contentsOfFile: analysis, encoding: .utf8)
    try tool.write(text.replacing("main.head-confidence.n ", with: "main.head-confidense.n "), to: "a.yaml")
    let result = try tool.run(["run", "a.yaml"])
    #expect(result.status == 1)
    #expect(result.errors.contains("main has no head-confidense"))
  }

  @Test func twoRunsAtOnceAgree() throws {
    let tool = try Tool()
    let processes = (0..<2).map { _ in tool.process(["run", analysis, "-q"]) }
    for process in processes { try process.run() }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let single = try Tool()
    #expect(try run(single).status == 0)
    #expect(try tool.files("reports/released") == single.files("reports/released"))
    #expect(try tool.run(["store", "info"]).output.contains("check: ok"))
  }

  @Test func badDataIsNamedAndTriedAgainWhenItIsMended() throws {
    let tool = try Tool()
    let folder = tool.folder + "/data/serianni2023"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["BERT_results_activation.csv", "BERT_benchmark.json"] {
      try FileManager.default.copyItem(atPath: "\(dataFolder ?? "")/serianni2023/\(name)", toPath: "\(folder)/\(name)")
    }
    let path = "\(folder)/BERT_results_activation.csv"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(1000).write(to: URL(fileURLWithPath: path))
    let broken = try run(tool, ["--data-dir", "data"])
    #expect(broken.status == 65 && broken.errors.contains("is not the file that the catalogue describes"))
    try whole.write(to: URL(fileURLWithPath: path))
    #expect(try run(tool, ["--data-dir", "data"]).status == 0)
  }

  @Test func tablesAreExported() throws {
    let tool = try Tool()
    #expect(try run(tool).status == 0)
    #expect(try tool.run(["export", "reports/released"]).output == "main\npartial\n")
    #expect(
      try tool.run(["export", "reports/released", "main", "--format", "markdown"]).output.hasPrefix("| Metric |"))
    #expect(try tool.run(["export", "reports/released", "man"]).errors.contains("did you mean main?"))
    #expect(try tool.run(["report", analysis, "-o", "copy"]).status == 0)
    #expect(try tool.files("copy") == tool.files("reports/released"))
  }
}

import Foundation
import TestSupport
import Testing

/// Whole runs on made-up data.
@Suite struct RunTests {
  private let analysis = "home/analyses/ranking.yaml"
  private let report = "reports/ranking"

  private func tool() throws -> Tool { try Tool(home: .synthetic) }

  private func run(_ tool: Tool, _ more: [String] = []) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(["run", analysis] + more)
  }

  private func value(_ tool: Tool, _ path: String) throws -> Any {
    let result = try tool.run(["export", report, "--value", path])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONSerialization.jsonObject(with: Data(result.output.utf8), options: .fragmentsAllowed)
  }

  @Test func bytesDoNotDependOnFolderWorkersOrTime() throws {
    let (one, other) = (try tool(), try tool())
    #expect(try run(one, ["-j", "1"]).status == 0)
    #expect(try run(other, ["-j", "2", "-o", "elsewhere/deep"]).status == 0)
    let (first, second) = (try one.files(report), try other.files("elsewhere/deep"))
    #expect(first.count > 20 && first == second)
    let again = try run(one, ["--json"])
    #expect(again.output.contains("\"ran\": 0") && again.output.contains("\"written\": 0"))
    #expect(try one.run(["diff", report, other.folder + "/elsewhere/deep"]).status == 0)
    #expect(try run(one, ["--frozen"]).status == 0)
    let stale = try run(one, ["--frozen", "--seed", "9"])
    #expect(stale.status == 5 && stale.errors.contains("coefficients/main/steady"), "\(stale.errors)")
  }

  /// The coefficients that SyntheticHome's columns have by construction, and one counted pair by pair.
  @Test func theReportSaysWhatHoldsOfTheData() throws {
    let tool = try tool()
    #expect(try run(tool).status == 0)
    func number(_ path: String) throws -> Double { try #require(try value(tool, path) as? Double, "\(path)") }
    func coefficient(_ path: String) throws -> Double {
      let object = try value(tool, path) as? [String: Any]
      return try #require(object?["value"] as? Double, "\(path)")
    }
    #expect(try abs(coefficient("main.steady.kendall-tau-b") - (1 - 180.0 / 1770)) < 1e-12)
    #expect(try abs(coefficient("main.parameters.kendall-tau-b") - (1 - 540.0 / 1770)) < 1e-12)
    #expect(try abs(coefficient("main.parameters.spearman") - (1 - 6.0 * 1980 / (60 * 3599))) < 1e-12)
    let restless = (0..<SyntheticHome.count).compactMap(SyntheticHome.restless)
    var signs = 0
    for (place, value) in restless.enumerated() { signs += restless[..<place].reduce(0) { $0 + ($1 < value ? 1 : -1) } }
    let pairs = restless.count * (restless.count - 1) / 2
    #expect(try abs(coefficient("main.restless.kendall-tau-b") - Double(signs) / Double(pairs)) < 1e-12)
    #expect(try number("main.steady.n") == 60 && number("main.restless.n") == 58)
    #expect(try number("main.restless.missing-metric") == Double(SyntheticHome.missing.count))
    let text = try tool.text("\(report)/report.md")
    #expect(text.contains("Somers' d with 95 % intervals; trivial baselines"))
    #expect(text.contains("has a Kendall τ-b of .898") && text.contains("with the score of 60 architectures"))
    #expect(text.contains("Of restless 2 are missing.") && text.contains("Numbers with a Known Answer"))
  }

  @Test func otherSeedsGiveOtherIntervalsAlone() throws {
    let tool = try tool()
    #expect(try run(tool).status == 0)
    #expect(try run(tool, ["--seed", "9", "-o", "other"]).status == 0)
    let differing = try tool.run(["diff", report, "other"])
    #expect(differing.status == 1 && differing.output.contains("main.steady.kendall-tau-b.lower: "))
    #expect(!differing.output.contains("kendall-tau-b.value: "), "\(differing.output)")
    let json = try tool.run(["diff", report, "other", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [[String: Any]]]
    let paths = object?["numbers"]?.compactMap { $0["path"] as? String } ?? []
    #expect(json.status == 1 && paths.contains { $0.hasSuffix(".upper") })
    #expect(object?["figures"]?.contains { ($0["path"] as? String)?.contains("intervals") == true } == true)
    let far = try tool.run(["diff", report, "other", "--tolerance", "0.999"])
    #expect(far.output.components(separatedBy: "\n").count < differing.output.components(separatedBy: "\n").count)
  }

  /// However many steps had ended, the next run goes on from there.
  @Test func aKilledRunGoesOnWithTheSameBytes() throws {
    let whole = try tool()
    #expect(try run(whole).status == 0)
    let expected = try whole.files(report)
    let steps = try plan(whole).count
    for ended in [0, 1, steps / 2, steps - 2] {
      let tool = try tool()
      let process = tool.process(["run", analysis, "-v", "-j", "1"])
      let log = Pipe()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = log
      try process.run()
      // A line such as "[3/9] table/results 0.1 s" is written after the step's output is kept.
      var lines = ""
      while lines.components(separatedBy: ended == 0 ? "running " : "\n[").count - 1 < max(ended, 1) {
        let more = log.fileHandleForReading.availableData
        if more.isEmpty { break }
        lines += String(decoding: more, as: UTF8.self)
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal, "\(ended) of \(steps): \(lines)")
      let done = try plan(tool).count { $0.status == "current" }
      #expect(done >= ended && done < steps)
      let result = try run(tool, ["--json"])
      #expect(result.status == 0 && result.output.contains("\"current\": \(done)"), "\(done) of \(result.output)")
      #expect(try tool.files(report) == expected)
    }
  }

  private func plan(_ tool: Tool) throws -> [(name: String, status: String)] {
    let text = try tool.run(["plan", analysis, "--json"]).output
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require(object?["steps"] as? [[String: Any]]).map {
      (try #require($0["name"] as? String), try #require($0["status"] as? String))
    }
  }

  @Test func oneSentenceChangesTheReportAlone() throws {
    let tool = try tool()
    let text = try tool.text(analysis)
    try tool.write(text, to: "a.yaml")
    #expect(try tool.run(["plan", "a.yaml", "--exit-code"]).status == 5)
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    let current = try tool.run(["plan", "a.yaml", "--exit-code"])
    #expect(current.status == 0 && current.output.hasPrefix("0 of "))
    #expect(try tool.run(["explain", "a.yaml", "report"]).output.contains("current; output "))
    try tool.write(text.replacing("The best metric", with: "The strongest metric"), to: "a.yaml")
    let plan = try tool.run(["plan", "a.yaml", "--exit-code"])
    #expect(plan.status == 5)
    #expect(
      plan.output.contains("1 of ") && plan.output.contains("run      report: changed: parameters.analysis.report"))
    #expect(try tool.run(["explain", "a.yaml", "report"]).output.contains("The strongest metric"))
    let json = try tool.run(["explain", "a.yaml", "report", "--json"])
    #expect(
      json.output.contains("\"field\": \"parameters.analysis.report") && json.output.contains("\"status\": \"stale\""))
    let wrong = try tool.run(["explain", "a.yaml", "reprot"])
    #expect(wrong.status == 65 && wrong.errors.contains("did you mean report?"))
    #expect(try tool.run(["run", "a.yaml", "--json"]).output.contains("\"ran\": 1"))
  }

  @Test func proseThatNamesNothingFails() throws {
    let tool = try tool()
    try tool.write(tool.text(analysis).replacing("main.steady.n ", with: "main.staedy.n "), to: "a.yaml")
    let result = try tool.run(["run", "a.yaml"])
    #expect(result.status == 65 && result.errors.contains("main has no staedy"), "\(result.errors)")
    #expect(try tool.run(["plan", "a.yaml"]).status == 65)
  }

  @Test func partsOfAPlanAreRun() throws {
    let tool = try tool()
    let nothing = try run(tool, ["-n"])
    #expect(nothing.status == 0 && nothing.output.contains("steps would run"))
    #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/.trainfree/store.sqlite"))
    let early = try run(tool, ["--only", "figure/intervals"])
    #expect(early.status == 65 && early.errors.contains("--only runs the named steps"), "\(early.errors)")
    #expect(try run(tool, ["--until", "coefficients/main"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/reports"))
    #expect(try plan(tool).first { $0.name == "coefficients/main/steady" }?.status == "current")
    #expect(try run(tool, ["--only", "figure/intervals", "--json"]).output.contains("\"current\": 9"))
    let unknown = try run(tool, ["--until", "coefficients/main/staedy"])
    #expect(
      unknown.status == 65 && unknown.errors.contains("did you mean coefficients/main/steady?"), "\(unknown.errors)")
    #expect(try run(tool).status == 0)
    let forced = try run(tool, ["--force", "--json"])
    #expect(forced.status == 0 && forced.output.contains("\"current\": 0") && forced.output.contains("\"written\": 0"))
    #expect(try run(tool, ["--frozen", "--force"]).status == 64)
  }

  @Test func twoRunsAtOnceAgree() throws {
    let tool = try tool()
    let processes = (0..<2).map { _ in tool.process(["run", analysis, "-q"]) }
    for process in processes { try process.run() }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let single = try self.tool()
    #expect(try run(single).status == 0)
    #expect(try tool.files(report) == single.files(report))
    #expect(try tool.run(["store", "info"]).output.contains("check: ok"))
  }

  @Test func badDataIsNamedAndTriedAgainWhenItIsMended() throws {
    let tool = try tool()
    let path = "\(tool.folder)/home/public/\(SyntheticHome.resultsPath)"
    try FileManager.default.removeItem(atPath: path)
    let missing = try run(tool, ["--offline"])
    #expect(missing.status == 66 && missing.errors.contains("trainfree data fetch results"), "\(missing.errors)")
    try String(SyntheticHome.results.prefix(1000)).write(toFile: path, atomically: true, encoding: .utf8)
    let broken = try run(tool)
    #expect(broken.status == 65 && broken.errors.contains("is not the file that the catalogue describes"))
    try SyntheticHome.results.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try run(tool).status == 0)
  }

  @Test func tablesAreExported() throws {
    let tool = try tool()
    #expect(try run(tool).status == 0)
    #expect(try tool.run(["export", report]).output == "main\npartial\n")
    func export(_ format: String) throws -> String {
      let result = try tool.run(["export", report, "main", "--format", format])
      #expect(result.status == 0, "\(result.errors)")
      return result.output
    }
    #expect(try export("markdown").hasPrefix("| Metric |") && export("csv").hasPrefix("Metric,"))
    #expect(try export("csv") == tool.text("\(report)/tables/main.csv"))
    #expect(try export("latex") == tool.text("\(report)/tables/main.tex") && export("latex").contains("tabular"))
    let json = try JSONSerialization.jsonObject(with: Data(export("json").utf8)) as? [String: Any]
    #expect((json?["rows"] as? [Any])?.count == 5)
    let unknown = try tool.run(["export", report, "man"])
    #expect(unknown.status == 65 && unknown.errors.contains("did you mean main?"))
    let value = try tool.run(["export", report, "--value", "main.steady.kendal-tau-b"])
    #expect(value.status == 65 && value.output.isEmpty && value.errors.contains("kendal-tau-b"), "\(value.errors)")
    #expect(try tool.run(["export", report, "main", "--format", "yaml"]).status == 64)
    #expect(try tool.run(["report", analysis, "-o", "copy"]).status == 0)
    #expect(try tool.files("copy") == tool.files(report))
  }
}

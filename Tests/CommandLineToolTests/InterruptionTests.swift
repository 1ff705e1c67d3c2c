import Foundation
import Testing

/// A measuring run that is stopped, however and whenever, goes on to the report of a run that was not.
@Suite struct InterruptionTests {
  /// Needs no data: 24 cells, three seeds, two batches.
  private let spec = """
    analysis: stopped
    title: Stopped and gone on with
    measure:
      cells:
        architectures: {sample: {count: 24, seed: 5}}
        network: {vocabulary: 40, embedding: 8, hidden: 12, layers: 2, seeds: [0, 1, 2]}
        tokens: {use: text-free, steps: 5, columns: 4, batches: [0, 1]}
        metrics: all
    target: {dataset: cells, column: snip, better: higher}
    correlations:
      main: {metrics: [jacobian-cosine], baselines: [parameters], interval: {resamples: 199, seed: 1}}
    reliability:
      seeds: {dataset: cells-runs, subject: architecture, rater: [seed, batch]}
    report:
      - text: "{{ cells.rows }} cells: {{ main.jacobian-cosine.kendall-tau-b | .3 }}, {{ seeds.jacobian-cosine.icc | .3 }}."
      - table: main
      - table: seeds
    """
  private let evaluations = 24 * 3 * 2

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(spec, to: "a.yaml")
    return tool
  }

  /// The report of an undisturbed run with one worker, and how long the run took.
  private func undisturbed() throws -> (report: [String: Data], seconds: Double) {
    let tool = try tool()
    let start = ContinuousClock.now
    let result = try tool.run(["run", "a.yaml", "-j", "1"])
    try #require(result.status == 0, "\(result.errors)")
    let files = try tool.files("reports/stopped")
    #expect(files.count > 5 && files["report.md"] != nil)
    return (files, (ContinuousClock.now - start) / .seconds(1))
  }

  /// Evaluations in the store; 0 before there is one.
  private func kept(_ tool: Tool) throws -> Int {
    let info = try tool.run(["store", "info", "--json"])
    guard info.status == 0 else { return 0 }
    let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
    #expect(object?["check"] as? String == "ok" && object?["evaluations-damaged"] as? Int == 0)
    return object?["evaluations"] as? Int ?? 0
  }

  /// Runs for a while, then sends a signal; the status, or minus the signal that ended it.
  private func run(_ tool: Tool, for seconds: Double, then signal: Int32) throws -> Int32 {
    let process = tool.process(["run", "a.yaml", "-q", "-j", "2"])
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  @Test func killedRunsGoOn() throws {
    let (report, seconds) = try undisturbed()
    var partial = 0
    for share in [0.02, 0.15, 0.3, 0.5, 0.7, 0.9] {
      let tool = try tool()
      let status = try run(tool, for: seconds * share, then: SIGKILL)
      #expect(status == 0 || status == -SIGKILL)
      let before = try kept(tool)
      if (1..<evaluations).contains(before) { partial += 1 }
      let result = try tool.run(["run", "a.yaml", "-j", "2"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try kept(tool) == evaluations)
      #expect(try tool.files("reports/stopped") == report, "killed after \(share) of \(seconds) s")
    }
    #expect(partial > 0, "no run was killed while it measured")
  }

  /// Killed over and over, a run gets on each time.
  @Test func runsThatAreKilledAgainAndAgainEnd() throws {
    let (report, seconds) = try undisturbed()
    let tool = try tool()
    var last = 0
    for _ in 0..<4 {
      _ = try run(tool, for: seconds * 0.25, then: SIGKILL)
      let now = try kept(tool)
      #expect(now >= last)
      last = now
    }
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    #expect(try tool.files("reports/stopped") == report)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func interruptedRunsSayWhatBecomesOfThem(_ signal: Int32) throws {
    let tool = try tool()
    let process = tool.process(["run", "a.yaml", "-v", "-j", "2"])
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // The first line comes when steps have begun.
    var errors = pipe.fileHandleForReading.availableData
    kill(process.processIdentifier, signal)
    errors += pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(String(decoding: errors, as: UTF8.self).contains("interrupted; what has ended is kept"))
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    #expect(try tool.files("reports/stopped") == undisturbed().report)
  }

  @Test func twoMeasuringRunsAtOnceAgree() throws {
    let tool = try tool()
    let processes = (0..<2).map { _ in tool.process(["run", "a.yaml", "-q"]) }
    for process in processes { try process.run() }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try kept(tool) == evaluations)
    #expect(try tool.files("reports/stopped") == undisturbed().report)
  }
}

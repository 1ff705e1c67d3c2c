import Foundation
import Testing

/// A measuring run that is stopped, however and whenever, goes on to the report of a run that was not.
@Suite struct InterruptionTests {
  /// Needs no data: 24 cells, three seeds, two batches.
  private static let spec = """
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

  private static func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(spec, to: "a.yaml")
    return tool
  }

  /// The report of an undisturbed run with one worker, made once for all tests.
  private static let undisturbed: Result<[String: Data], any Error> = Result {
    let tool = try Self.tool()
    let result = try tool.run(["run", "a.yaml", "-j", "1"])
    try #require(result.status == 0, "\(result.errors)")
    let files = try tool.files("reports/stopped")
    #expect(files.count > 5 && files["report.md"] != nil)
    return files
  }

  /// Evaluations in the store; 0 before there is one.
  private func kept(_ tool: Tool) throws -> Int {
    let info = try tool.run(["store", "info", "--json"])
    guard info.status == 0 else { return 0 }
    let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
    #expect(object?["check"] as? String == "ok" && object?["evaluations-damaged"] as? Int == 0)
    return object?["evaluations"] as? Int ?? 0
  }

  /// Runs until the store has so many evaluations, then sends a signal; the status, or minus the signal that ended it.
  private func run(_ tool: Tool, until evaluations: Int, then signal: Int32) throws -> Int32 {
    let process = tool.process(["run", "a.yaml", "-q", "-j", "2"])
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, try kept(tool) < evaluations { Thread.sleep(forTimeInterval: 0.005) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  @Test func killedRunsGoOn() throws {
    let report = try Self.undisturbed.get()
    var partial = 0
    for count in [0, 1, 24, 60, 100, 140] {
      let tool = try Self.tool()
      let status = try run(tool, until: count, then: SIGKILL)
      #expect(status == 0 || status == -SIGKILL)
      let before = try kept(tool)
      if (1..<evaluations).contains(before) { partial += 1 }
      let result = try tool.run(["run", "a.yaml", "-j", "2"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try kept(tool) == evaluations)
      #expect(try tool.files("reports/stopped") == report, "killed after \(count) evaluations")
    }
    #expect(partial > 0, "no run was killed while it measured")
  }

  /// Killed over and over, a run gets on each time.
  @Test func runsThatAreKilledAgainAndAgainEnd() throws {
    let report = try Self.undisturbed.get()
    let tool = try Self.tool()
    var last = 0
    for _ in 0..<4 {
      _ = try run(tool, until: last + 1, then: SIGKILL)
      let now = try kept(tool)
      #expect(now >= last)
      last = now
    }
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    #expect(try tool.files("reports/stopped") == report)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func interruptedRunsSayWhatBecomesOfThem(_ signal: Int32) throws {
    let tool = try Self.tool()
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
    #expect(try tool.files("reports/stopped") == Self.undisturbed.get())
  }

  @Test func twoMeasuringRunsAtOnceAgree() throws {
    let tool = try Self.tool()
    let processes = (0..<2).map { _ in tool.process(["run", "a.yaml", "-q"]) }
    for process in processes { try process.run() }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try kept(tool) == evaluations)
    #expect(try tool.files("reports/stopped") == Self.undisturbed.get())
  }
}

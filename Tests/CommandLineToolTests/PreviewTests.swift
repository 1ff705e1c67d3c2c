import Files
import Foundation
import Synchronization
import TestSupport
import Testing

/// Previews of the real binary, on ports of their own.
@Suite(.timeLimit(.minutes(5))) struct PreviewTests {
  /// A running preview, with what it has said.
  private final class Preview {
    let tool: Tool
    let process: Process
    let address: String
    private let pipe = Pipe()

    init(_ tool: Tool, _ arguments: [String] = ["a.yaml"]) throws {
      self.tool = tool
      process = tool.process(["preview"] + arguments)
      process.standardOutput = pipe
      let errors = "\(tool.folder)/preview-errors"
      _ = FileManager.default.createFile(atPath: errors, contents: nil)
      process.standardError = FileHandle(forWritingAtPath: errors)
      try process.run()
      var line = ""
      while !line.contains("\n"), case let part = pipe.fileHandleForReading.availableData, !part.isEmpty {
        line += String(decoding: part, as: UTF8.self)
      }
      let start = line.firstRange(of: "http://")?.lowerBound ?? line.endIndex
      address = String(line[start...].prefix { !$0.isWhitespace && $0 != "\"" })
      // What is said later is of no interest, and must not fill the pipe.
      pipe.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The errors so far.
    var errors: String { (try? tool.text("preview-errors")) ?? "" }

    func get(_ path: String, host: String? = nil) throws -> (status: Int, text: String) {
      let answer = try curl([address + path] + (host.map { ["-H", "Host: \($0)"] } ?? []))
      return (Int(answer.suffix(3)) ?? 0, String(answer.dropLast(3)))
    }

    private func curl(_ arguments: [String]) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
      process.arguments = ["-s", "--path-as-is", "--max-time", "20", "-w", "%{http_code}"] + arguments
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }

    /// The state, once it is as wanted.
    func state(_ what: String, _ isWanted: (State) -> Bool) throws -> State {
      for _ in 0..<1200 {
        let state = try JSONDecoder().decode(State.self, from: Data(try get(".preview/state").text.utf8))
        if isWanted(state) { return state }
        Thread.sleep(forTimeInterval: 0.05)
      }
      throw SmallAnalysis.Failed(text: "\(what) did not come: \(try get(".preview/state").text)\n\(errors)")
    }

    /// Ends it; the status, or minus the signal.
    func end(_ signal: Int32 = SIGTERM) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
  }

  private struct State: Decodable, Equatable {
    struct Problem: Decodable, Equatable {
      struct Anchor: Decodable, Equatable {
        var id: String
      }
      var id: String
      var place: String?
      var message: String
      var fix: String?
      var anchors: [Anchor]
    }
    var phase: String
    var edition: String
    var problems: [Problem]
  }

  @Test func aReportFollowsItsSpec() throws {
    let tool = try SmallAnalysis.tool()
    let before = try tool.files("reports/small")
    let preview = try Preview(tool)
    #expect(preview.address.hasPrefix("http://127.0.0.1:"))
    let first = try preview.state("the report") { $0.phase == "ready" }
    let page = try preview.get("")
    #expect(page.status == 200 && page.text.contains("<title>Small</title>") && page.text.contains(first.edition))
    #expect(try tool.files("reports/small") == before, "the files of the report are as they were")
    #expect(try preview.get("", host: "evil.example").status == 421)
    for path in ["../a.yaml", "%2e%2e/a.yaml", ".trainfree-files", "figures", "../../.trainfree/store.sqlite"] {
      #expect(try preview.get(path).status == 404, "\(path)")
    }
    #expect(try preview.get("tables/main.csv").text == tool.text("reports/small/tables/main.csv"))

    // Events: one that listens hears of the change.
    let listener = tool.process([])
    listener.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    listener.arguments = ["-sN", "--max-time", "60", preview.address + ".preview/events"]
    let heard = Pipe()
    listener.standardOutput = heard
    try listener.run()
    defer { listener.terminate() }
    try tool.write(SmallAnalysis.spec(title: "Another"), to: "a.yaml")
    let second = try preview.state("the other title") { $0.phase == "ready" && $0.edition != first.edition }
    #expect(try preview.get("").text.contains("<title>Another</title>"))
    #expect(try tool.text("reports/small/index.html").contains("<title>Another</title>"))
    var events = ""
    while !events.contains(second.edition), case let part = heard.fileHandleForReading.availableData, !part.isEmpty {
      events += String(decoding: part, as: UTF8.self)
    }
    #expect(events.contains("\"phase\":\"running\"") && events.contains(second.edition))

    // A problem stands beside the last good report, at its place.
    try tool.write(
      SmallAnalysis.spec(title: "Another").replacing("baselines:", with: "baselinse:").replacing(
        "name: forest", with: "nam: forest"),
      to: "a.yaml")
    let broken = try preview.state("the problems") { $0.phase == "failed" }
    #expect(broken.edition == second.edition && broken.problems.count == 2)
    #expect(broken.problems.map(\.place) == ["a.yaml:11:38", "a.yaml:14:28"], "\(broken.problems)")
    #expect(broken.problems.map(\.anchors.first?.id) == ["figure-forest", "figure-forest"])
    #expect(broken.problems.first?.fix == "did you mean baselines?")
    #expect(try preview.get("").text.contains("<title>Another</title>"))
    #expect(preview.errors.contains("a.yaml:11:38: error:"))
    // What only a run can tell.
    try tool.write(SmallAnalysis.spec(title: "Another").replacing("cells.rows", with: "cells.rosw"), to: "a.yaml")
    let failed = try preview.state("the failed step") { $0.phase == "failed" && $0.problems.count == 1 }
    #expect(failed.problems.first?.place?.hasPrefix("a.yaml:13:") == true, "\(failed.problems)")
    // Not UTF-8, empty, gone: told, and mended.
    try FileSystem.write([0xFF, 0xFE], to: "\(tool.folder)/a.yaml")
    _ = try preview.state("a spec that is no text") { $0.phase == "failed" && $0.problems != failed.problems }
    try FileManager.default.removeItem(atPath: "\(tool.folder)/a.yaml")
    _ = try preview.state("a spec that is gone") { $0.problems.first?.id == "missing-file" }
    try tool.write(SmallAnalysis.spec(title: "Another"), to: "a.yaml")
    #expect(try preview.state("the mended spec") { $0.phase == "ready" }.problems.isEmpty)

    #expect(preview.end() == 0)
    #expect(preview.errors.hasSuffix("stopped\n"))
    // The port is free, the store not locked, the report that of a run.
    let port = try #require(preview.address.split(separator: ":").last?.dropLast())
    let again = try Preview(tool, ["a.yaml", "--port", String(port)])
    #expect(again.address == preview.address)
    _ = try again.state("the report") { $0.phase == "ready" }
    let taken = try tool.run(["preview", "a.yaml", "--port", String(port)])
    #expect(taken.status == 74 && taken.errors.contains("port \(port) of 127.0.0.1 is in use"))
    #expect(again.end(SIGINT) == 0)
    let run = try tool.run(["run", "a.yaml", "--json"])
    #expect(run.status == 0 && run.output.contains("\"ran\": 0") && run.output.contains("\"written\": 0"))
  }

  @Test func aBrokenSpecIsAPageOfProblemsUntilItIsMended() throws {
    let tool = try Tool()
    try tool.write("analysis: small\ntitle: [", to: "a.yaml")
    let preview = try Preview(tool)
    let broken = try preview.state("the problems") { $0.phase == "failed" }
    #expect(broken.edition.isEmpty && broken.problems.first?.place?.hasPrefix("a.yaml:") == true)
    #expect(try preview.get("").text.contains("There is no report yet"))
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    let ready = try preview.state("the report") { $0.phase == "ready" }
    #expect(!ready.edition.isEmpty)
    #expect(try preview.get("").text.contains("<title>Small</title>"))
    #expect(preview.end() == 0)
  }

  /// While every worker measures the preview answers; a change gives the run up and keeps what it has measured; a signal ends it at once.
  @Test func aRunIsGivenUpForAChangeAndForASignal() throws {
    let tool = try Tool()
    try tool.write(SmallAnalysis.spec(cells: 4000), to: "a.yaml")
    let preview = try Preview(tool, ["a.yaml", "--json"])
    _ = try preview.state("the run") { $0.phase == "running" }
    Thread.sleep(forTimeInterval: 1)
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    #expect(try preview.state("the smaller report") { $0.phase == "ready" }.problems.isEmpty)
    #expect(try preview.get("report.md").text.contains("6 cells"))
    #expect(preview.errors.contains("stopped: a file has changed"))
    try tool.write(SmallAnalysis.spec(cells: 4000), to: "a.yaml")
    _ = try preview.state("the run") { $0.phase == "running" }
    Thread.sleep(forTimeInterval: 0.5)
    #expect(preview.end(SIGINT) == 130)
    let check = try tool.run(["store", "verify"])
    #expect(check.status == 0, "\(check.errors)")
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml", "--json"]).output.contains("\"ran\": 0"))
  }

  /// Data that change under the report are told, and so is their mending.
  @Test func dataAreWatched() throws {
    let tool = try Tool(home: .synthetic)
    try tool.write(
      """
      analysis: seen
      title: Seen
      datasets: {results: {use: maker2024/results}}
      target: {dataset: results, column: score}
      correlations:
        main: {metrics: [steady], baselines: [parameters], interval: {resamples: 199, seed: 1}}
      report:
        - table: main
      """, to: "a.yaml")
    let preview = try Preview(tool, ["a.yaml", "--offline"])
    let first = try preview.state("the report") { $0.phase == "ready" }
    let data = "\(tool.folder)/home/public/\(SyntheticHome.resultsPath)"
    try FileSystem.write(Array((SyntheticHome.results + "61,1,1,1,1\n").utf8), to: data)
    let changed = try preview.state("the changed data") { $0.phase == "failed" }
    #expect(changed.edition == first.edition && changed.problems.contains { $0.message.contains("results.csv") })
    try FileSystem.write(Array(SyntheticHome.results.utf8), to: data)
    #expect(try preview.state("the mended data") { $0.phase == "ready" }.edition == first.edition)
    #expect(preview.end() == 0)
  }

  @Test func wrongInputIsToldAtOnce() throws {
    let tool = try SmallAnalysis.tool()
    for port in ["65536", "-1", "http", ""] {
      #expect(try tool.run(["preview", "a.yaml", "--port=\(port)"]).status == 64, "\(port)")
    }
    let missing = try tool.run(["preview", "none.yaml"])
    #expect(missing.status == 66 && missing.errors.contains("none.yaml: no such file"))
    #expect(try tool.run(["preview", "reports"]).status == 65)
    try tool.write("mine", to: "mine/index.html")
    let foreign = try tool.run(["preview", "a.yaml", "--output", "mine"])
    #expect(foreign.status == 65 && foreign.errors.contains("mine holds files that no report wrote"))
    #expect(try tool.text("mine/index.html") == "mine")
    try FileManager.default.createSymbolicLink(atPath: "\(tool.folder)/link", withDestinationPath: "reports/small")
    #expect(try tool.run(["preview", "a.yaml", "--output", "link"]).status == 65)
    #expect(try tool.run(["preview"]).status == 64)
  }
}

import Documents
import Foundation
import Pipeline
import Store
import Synchronization
import Tables
import Testing

@testable import Runner
@testable import Sections

/// A task that evaluations of its own can cancel.
private final class RunningTask: Sendable {
  private let task = Mutex<Task<ExecutionResult, any Error>?>(nil)

  func set(_ new: Task<ExecutionResult, any Error>) { task.withLock { $0 = new } }
  func cancel() { task.withLock { $0?.cancel() } }
}

@Suite struct MeasureTests {
  private let analysis: MeasuredAnalysis

  init() throws { analysis = try MeasuredAnalysis() }

  @Test func aWholeAnalysisIsCarriedOut() async throws {
    let counter = FakeEngine.Counter()
    let result = try await analysis.run(engine: FakeEngine(counter: counter))
    #expect(result.failures.isEmpty, "\(result.failures)")
    // Eleven good recipes, three seeds, two batches; six samples once.
    #expect(counter.count == 11 * 6 + 6 && Set(counter.asked).count == counter.count)
    let fresh = try analysis.table("table/fresh", result)
    #expect(fresh.rowCount == 12)
    #expect(
      fresh.columnNames == [
        "architecture", "id", "loss", "depth", "alpha", "layer-1-layered", "layer-2-layered", "odd", "parameters",
      ])
    #expect(fresh["alpha"]?[6] == .undefined("logs.csv:8 (recipe):1:3: there is no op loop"))
    #expect(fresh["odd"]?[4] == .undefined("divisible by five") && fresh["odd"]?[5] != .undefined("divisible by five"))
    // The mean of six equal numbers is that number.
    #expect(fresh["parameters"]?[2] == .real(300.1))
    let runs = try analysis.table("table/fresh-runs", result)
    #expect(runs.rowCount == 72 && runs["seed"]?[3] == .integer(1) && runs["batch"]?[3] == .integer(4))
    #expect(runs["cluster"]?[6] == .integer(1))
    let mean = try #require(runs["alpha"]).numbers[0..<6].reduce(0) { $0 + ($1 ?? 0) / 6 }
    #expect(abs((fresh["alpha"]?.numbers[0] ?? 0) - mean) < 1e-12)
    let sampled = try analysis.table("table/sampled", result)
    #expect(sampled.columnNames == ["architecture", "recipe", "parameters", "depth", "alpha"])
    #expect(sampled["recipe"]?[1] == .text("cell 5") && sampled["parameters"]?[1] == .integer(500))
  }

  /// Paired, a seed goes with the batch at its place; what is measured so is what is measured of these in all.
  @Test func runsInPairs() async throws {
    let result = try await analysis.run(
      MeasuredAnalysis.spec.replacing("batches: [0, 4]}", with: "batches: [0, 4, 5]}\n    paired: true"),
      store: "pairs", until: ["table/fresh-runs"])
    let pairs = try analysis.table("table/fresh-runs", result, store: "pairs")
    #expect(pairs.rowCount == 36)
    #expect(pairs["seed"]?.numbers.prefix(4) == [0, 1, 2, 0] && pairs["batch"]?.numbers.prefix(4) == [0, 4, 5, 0])
    let all = try analysis.table(
      "table/fresh-runs", try await analysis.run(until: ["table/fresh-runs"]))
    for (pair, row) in [(0, 0), (1, 3), (3, 6)] { #expect(pairs["alpha"]?[pair] == all["alpha"]?[row]) }
  }

  @Test func resultsAndProseHaveTheirValues() async throws {
    let result = try await analysis.run()
    let values = try analysis.json("results", result)
    #expect(values["fresh"]?["rows"] == 12 && values["fresh"]?["undefined-architectures"] == 3)
    #expect(values["fresh"]?["missing"]?.elements?.first?["count"] == 2)
    #expect(values["fresh-runs"]?["rows"] == 72 && values["fresh-runs"]?["clusters"] == 12)
    #expect(values["runs"]?["alpha"]?["clusters"] == 11)
    #expect(values["seeds"]?["alpha"]?["subjects"] == 11 && values["seeds"]?["odd"]?["subjects"] == 9)
    #expect((values["seeds"]?["alpha"]?["icc"]?["value"]?.double ?? 0) > 0.98)
    #expect(values["against"]?["alpha"]?["n"] == 9 && values["against"]?["alpha"]?["missing-computed"] == 1)
    let markdown = try #require(try report(result)["report.md"])
    #expect(markdown.contains("12 cells, 3 seeds; ICC") && markdown.contains("lowest Odd"))
    #expect(markdown.contains("double precision; measurements in float") && markdown.contains("measured here"))
    #expect(markdown.contains("Layer 1 layered and"))
  }

  private func report(_ result: ExecutionResult) throws -> [String: String] {
    let store = try analysis.store()
    return try #require(result.records["report"]).artifacts.mapValues {
      String(decoding: try store.artifact($0), as: UTF8.self)
    }
  }

  @Test func everyRunIsInTheReportWithoutColumnsOfDatasets() async throws {
    let result = try await analysis.run()
    let files = try report(result)
    func lines(_ name: String) throws -> [[String]] {
      try #require(files["measurements/\(name).csv"]).split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let fresh = try lines("fresh")
    #expect(
      fresh[0] == [
        "architecture", "seed", "batch", "alpha", "layer-1-layered", "layer-2-layered", "odd", "parameters",
      ])
    #expect(fresh.count == 73 && fresh[4].prefix(3) == ["1", "1", "4"] && fresh[1][7] == "100.1")
    let runs = try analysis.table("table/fresh-runs", result)
    for (column, name) in fresh[0].enumerated().dropFirst(3) {
      #expect(fresh.dropFirst().map { Double($0[column]) } == runs[name]?.numbers)
    }
    // Cells 5 and 10 with seed 1 on two batches; cell 7 has a recipe that cannot be read: six runs of five metrics.
    let undefined = try lines("fresh-undefined")
    #expect(undefined[0] == ["architecture", "seed", "batch", "metric", "reason"])
    #expect(undefined.count == 1 + 4 + 30 && undefined[1] == ["5", "1", "0", "odd", "divisible by five"])
    #expect(undefined[3][4] == "logs.csv:8 (recipe):1:3: there is no op loop")
    #expect(try lines("sampled").count == 7 && lines("sampled-undefined").count == 1)
    let settings = try #require(files["measurements/fresh.json"])
    #expect(settings.contains("\"set/logs\"") && settings.contains("\"precision\""))
    #expect(files["report.md"]?.contains("[CSV](measurements/fresh.csv)") == true)
  }

  @Test(arguments: [3, 8])
  func bytesDoNotDependOnTheNumberOfWorkers(_ workers: Int) async throws {
    let one = try await analysis.run(store: "one", workers: 1)
    let other = try await analysis.run(store: "other", workers: workers)
    #expect(one.records.mapValues(\.output) == other.records.mapValues(\.output))
    #expect(one.records["report"]?.artifacts == other.records["report"]?.artifacts)
  }

  @Test func anInterruptedRunGoesOnWhereItWas() async throws {
    let expected = try await analysis.run(store: "whole").records["report"]?.artifacts
    let running = RunningTask()
    let ready = AsyncStream<Void>.makeStream()
    let first = FakeEngine.Counter { if $0 == 9 { running.cancel() } }
    let task = Task { [analysis] in
      for await _ in ready.stream { break }
      return try await analysis.run(engine: FakeEngine(counter: first), workers: 1)
    }
    running.set(task)
    ready.continuation.yield()
    let stopped = try? await task.value
    #expect(stopped?.records["report"]?.output == nil && first.count == 9)
    #expect(try analysis.store().evaluationSummary().count == 9)
    let second = FakeEngine.Counter()
    let result = try await analysis.run(engine: FakeEngine(counter: second))
    #expect(second.count == 72 - 9 && Set(first.asked).isDisjoint(with: second.asked))
    #expect(result.records["report"]?.artifacts == expected)
  }

  @Test func whatIsCurrentIsNotMeasuredAgain() async throws {
    try await analysis.run()
    let counter = FakeEngine.Counter()
    let again = try await analysis.run(engine: FakeEngine(counter: counter))
    #expect(counter.count == 0 && again.outcomes.values.allSatisfy { $0 == .current })
    // Another seed measures that seed alone.
    let more = MeasuredAnalysis.spec.replacing("seeds: [0, 1, 2]", with: "seeds: [0, 3, 1, 2]")
    try await analysis.run(more, engine: FakeEngine(counter: counter))
    #expect(counter.count == 22 && counter.asked.allSatisfy { $0.contains("seed 3") })
  }

  /// A new version of the engine that gives the same numbers stops at the measurement.
  @Test func equalTablesCutTheRunOff() async throws {
    try await analysis.run()
    let counter = FakeEngine.Counter()
    let result = try await analysis.run(engine: FakeEngine(version: 2, counter: counter))
    let ran = result.outcomes.filter { if case .ran = $0.value { true } else { false } }.keys.sorted()
    #expect(counter.count == 72 && ran == ["measure/fresh", "measure/sampled"])
    let other = try await analysis.run(engine: FakeEngine(version: 2, kernels: "others"))
    #expect(other.outcomes.values.allSatisfy { $0 == .current })
  }

  @Test func forcedRunsMeasureAgainAndMustAgree() async throws {
    try await analysis.run(until: ["measure/fresh"])
    let counter = FakeEngine.Counter()
    let forced = try await analysis.run(engine: FakeEngine(counter: counter), forced: true, until: ["measure/fresh"])
    #expect(counter.count == 66 && forced.failures.isEmpty)
    let shifted = try await analysis.run(engine: FakeEngine(shift: 1), forced: true, until: ["measure/fresh"])
    #expect(shifted.failures.first?.reason.contains("under the same key") == true)
  }

  @Test func noGoodRecipeIsAFailureThatIsTriedAgain() async throws {
    let bad = try MeasuredAnalysis(recipes: (1...12).map { "loop \($0)" })
    for _ in 0..<2 {
      let result = try await bad.run(until: ["measure/fresh"])
      let reason = try #require(result.failures.first?.reason)
      #expect(
        reason.hasPrefix(
          "none of the 12 architectures can be measured:\n1: logs.csv:2 (recipe):1:3: there is no op loop 1"))
      #expect(reason.hasSuffix("…"))
      guard case .failed = result.outcomes["measure/fresh"] else {
        Issue.record("it did not fail")
        continue
      }
    }
  }

  @Test func architecturesAreToldApart() async throws {
    let spec = """
      analysis: measured
      title: Measured
      datasets:
        logs: {use: set/logs}
      measure:
        fresh:
          architectures: {dataset: logs, recipe: recipe, id: loss}
          network: {seeds: [0, 1, 2, 3, 4, 5]}
      report:
        - table: data
      """
    let twice = try MeasuredAnalysis(recipes: (1...15).map { "cell \(($0 - 1) % 13)" })
    let repeated = try await twice.run(spec, until: ["measure/fresh"])
    #expect(
      repeated.failures.first?.reason.hasPrefix(
        "s.yaml:7:56: loss does not tell the architectures apart: 4.5, 4.0 stand") == true)
    let counter = FakeEngine.Counter()
    let distinct = try await twice.run(
      spec.replacing("id: loss", with: "id: loss, distinct: true"), engine: FakeEngine(counter: counter),
      until: ["table/fresh"])
    #expect(try twice.table("table/fresh", distinct).rowCount == 13 && counter.count == 13 * 6)
    let report = try twice.json("measure/fresh", distinct, artifact: "report")
    #expect(report["rows-read"] == 15 && report["skipped-count"] == 2)
  }

  @Test func equalRecipesAreMeasuredOnce() async throws {
    let counter = FakeEngine.Counter()
    let twice = try MeasuredAnalysis(recipes: (1...12).map { "cell \($0 % 4)" })
    let result = try await twice.run(engine: FakeEngine(counter: counter), until: ["table/fresh"])
    #expect(counter.count == 4 * 6)
    #expect(try twice.table("table/fresh", result)["alpha"]?[0] == twice.table("table/fresh", result)["alpha"]?[8])
  }

  @Test func decilesAreDrawnFromASeed() async throws {
    let many = try MeasuredAnalysis(recipes: (1...130).map { "cell \($0)" })
    func chosen(_ select: String, store: String) async throws -> [Int] {
      let spec = MeasuredAnalysis.spec.replacing(
        "keep: [loss]", with: "keep: [loss], select: {deciles-of: id, \(select)}")
      let result = try await many.run(spec, store: store, until: ["table/fresh"])
      return try many.table("table/fresh", result, store: store).columns[1].numbers.map { Int($0 ?? -1) }
    }
    let one = try await chosen("per: 1, seed: 5", store: "a")
    #expect(one.map { ($0 - 1) / 13 } == Array(0..<10))
    #expect(try await chosen("per: 1, seed: 5", store: "b") == one)
    #expect(try await chosen("per: 1, seed: 6", store: "c") != one)
    let three = try await chosen("per: 3, seed: 5", store: "d")
    #expect(three.count == 30 && Set(three).count == 30 && Set(one).isSubset(of: Set(three)))
    #expect(try await chosen("per: 100", store: "e").count == 130)
  }

  @Test func progressIsReported() async throws {
    let events = Mutex<[(Int, Int)]>([])
    try await analysis.run(until: ["measure/fresh"]) { event in
      if case .progressed("measure/fresh", let done, let total) = event { events.withLock { $0.append((done, total)) } }
    }
    let all = events.withLock { $0 }
    #expect(all.first?.0 == 0 && all.allSatisfy { $0.1 == 66 } && Set(all.map(\.0)) == Set(0...66))
  }

  @Test func aSubjectNeedsEveryRaterOnce() async throws {
    let spec = MeasuredAnalysis.spec.replacing("rater: [seed, batch]", with: "rater: seed")
    let result = try await analysis.run(spec, until: ["reliability/seeds"])
    let icc = try analysis.json("reliability/seeds", result)["columns"]?["alpha"]?["icc"]
    #expect(icc == ["undefined": "a subject has several rows of one rater"])
  }
}

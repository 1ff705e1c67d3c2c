import Documents
import Foundation
import Outcomes
import Store
import Synchronization
import Testing

@testable import Pipeline

/// A step that joins its inputs' texts with its own.
struct EchoStep: SynchronousStep {
  var name: String
  var text: String
  var reads: [String] = []
  var failure: String?
  var runs: Counter?
  let kind = StepKind("echo", version: 1)

  final class Counter: Sendable {
    private let names = Mutex<[String]>([])
    func add(_ name: String) { names.withLock { $0.append(name) } }
    var all: [String] { names.withLock { $0.sorted() } }
  }

  var parameters: JSONValue { ["text": .string(text), "fails": .bool(failure != nil)] }
  var inputs: [StepInput] { reads.map { StepInput($0, from: $0) } }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    runs?.add(name)
    if let failure { throw Reason(failure) }
    var parts = [text]
    for read in reads { parts.append(String(decoding: try inputs.bytes(read), as: UTF8.self)) }
    return StepOutput(Array(parts.joined(separator: "+").utf8), mediaType: "text/plain")
  }
}

@Suite final class ExecutorTests {
  private static let kind = StepKind("kind", version: 3)
  private let folder = NSTemporaryDirectory() + "trainfree-executor-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func store() throws -> Store { try Store.open(folder + "/s.sqlite") }

  private func plan(_ counter: EchoStep.Counter? = nil, c: String = "c", failing: Bool = false) -> Plan {
    Plan([
      EchoStep(name: "d", text: "d", reads: ["b", "c"], runs: counter), EchoStep(name: "a", text: "a", runs: counter),
      EchoStep(name: "b", text: "b", reads: ["a"], failure: failing ? "no b" : nil, runs: counter),
      EchoStep(name: "c", text: c, reads: ["a"], runs: counter),
    ])
  }

  private func run(
    _ plan: Plan, workers: Int = 2, keepsGoing: Bool = false, forced: Bool = false, retries: Bool = false
  ) async throws -> ExecutionResult {
    let options = ExecutionOptions(workers: workers, keepsGoing: keepsGoing, isForced: forced, retriesFailed: retries)
    return try await Executor(store: store(), analysis: "t", options: options).run(plan, run: nil)
  }

  @Test(arguments: [1, 2, 7])
  func stepsRunAfterWhatTheyReadOnce(_ workers: Int) async throws {
    let counter = EchoStep.Counter()
    let result = try await run(plan(counter), workers: workers)
    #expect(counter.all == ["a", "b", "c", "d"])
    #expect(try store().artifact(#require(result.records["d"]?.output)) == Array("d+b+a+c+a".utf8))
    #expect(try await run(plan(counter)).outcomes.values.allSatisfy { $0 == .current })
    #expect(counter.all.count == 4)
  }

  @Test func onlyWhatChangedRunsAgain() async throws {
    _ = try await run(plan())
    let counter = EchoStep.Counter()
    let statuses = try Planner(store: store(), analysis: "t").statuses(of: plan(c: "C")).map {
      ($0.step.name, $0.status)
    }
    #expect(
      statuses.first { $0.0 == "c" }?.1
        == .stale(.changed([FieldChange(field: "parameters.text", old: "\"c\"", new: "\"C\"")])))
    #expect(statuses.first { $0.0 == "d" }?.1 == .stale(.inputsStale(["c"])))
    _ = try await run(plan(counter, c: "C"))
    #expect(counter.all == ["c", "d"])
  }

  @Test func failuresStopAndAreRemembered() async throws {
    let counter = EchoStep.Counter()
    let result = try await run(plan(counter, failing: true), workers: 1)
    #expect(result.failures.map(\.name) == ["b"] && result.outcomes["d"] == .skipped)
    let again = try await run(plan(counter, failing: true), workers: 1, keepsGoing: true)
    #expect(again.outcomes["b"] == .failed(reason: "no b") && again.outcomes["d"] == .skipped)
    #expect(counter.all.filter { $0 == "b" }.count == 1)
    _ = try await run(plan(counter, failing: true), retries: true)
    #expect(counter.all.filter { $0 == "b" }.count == 2)
  }

  @Test func forcedRunsRunEverything() async throws {
    _ = try await run(plan())
    let counter = EchoStep.Counter()
    _ = try await run(plan(counter), forced: true)
    #expect(counter.all.count == 4)
  }

  @Test func partsOfAPlan() {
    #expect(plan().until(["b"]).steps.map(\.name) == ["a", "b"])
    #expect(plan().steps.map(\.name) == ["a", "b", "c", "d"])
    let many = Plan([EchoStep(name: "x/1", text: ""), EchoStep(name: "x/2", text: ""), EchoStep(name: "xy", text: "")])
    #expect(many.names(matching: "x") == ["x/1", "x/2"] && many.names(matching: "xy") == ["xy"])
  }

  @Test func changesOfKeysAreFoundFieldByField() {
    let old = StepKey(kind: Self.kind, parameters: ["a": 1, "b": [1, 2]], sources: [KeyField("f", "x")], inputs: [])
    let new = StepKey(
      kind: Self.kind, parameters: ["a": 2, "b": [1, 2], "c": true], sources: [], inputs: [KeyField("t", "y")])
    #expect(
      FieldChange.between(old.text, new.text) == [
        FieldChange(field: "parameters.a", old: "1", new: "2"),
        FieldChange(field: "parameters.c", old: nil, new: "true"),
        FieldChange(field: "input.t", old: nil, new: "y"), FieldChange(field: "source.f", old: "x", new: nil),
      ])
    #expect(old.digest != new.digest)
  }
}

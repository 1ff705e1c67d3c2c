import Documents
import Foundation
import Outcomes
import Store
import Synchronization
import Testing

@testable import Pipeline

/// A step that takes a while and notes how many steps run beside it.
private struct SlowStep: Step {
  final class Gauge: Sendable {
    private let state = Mutex<(now: Int, most: Int, workers: [String: Int], beside: [String: Int])>((0, 0, [:], [:]))

    func enter(_ name: String, _ workers: Int) {
      state.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
        $0.workers[name] = workers
        $0.beside[name] = $0.now
      }
    }
    func leave() { state.withLock { $0.now -= 1 } }
    var most: Int { state.withLock { $0.most } }
    var workers: [String: Int] { state.withLock { $0.workers } }
    func alone(_ name: String) -> Bool { state.withLock { $0.beside[name] == 1 } }
  }

  var name: String
  var usesAllWorkers: Bool
  let gauge: Gauge
  let kind = StepKind("whole", version: 1)
  var parameters: JSONValue { ["name": .string(name)] }
  let inputs: [StepInput] = []

  func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    gauge.enter(name, context.workers)
    try? await Task.sleep(for: .milliseconds(30))
    gauge.leave()
    return .json(["name": .string(name)])
  }
}

@Suite struct WorkerTests {
  @Test func stepsThatUseAllWorkersRunAlone() async throws {
    let folder = NSTemporaryDirectory() + "trainfree-workers-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let gauge = SlowStep.Gauge()
    let plan = Plan(
      (0..<9).map { SlowStep(name: "\($0)", usesAllWorkers: $0 % 4 == 1, gauge: gauge) })
    let result = try await Executor(
      store: Store.open(folder + "/s"), analysis: "a", options: ExecutionOptions(workers: 3)
    ).run(plan, run: nil)
    #expect(result.outcomes.count == 9 && result.failures.isEmpty && (2...3).contains(gauge.most))
    for step in ["1", "5"] { #expect(gauge.alone(step) && gauge.workers[step] == 3) }
    #expect(gauge.workers["0"] == 1)
  }
}

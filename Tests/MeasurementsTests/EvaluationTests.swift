import Foundation
import Outcomes
import Store
import Synchronization
import Testing

@testable import Measurements
@testable import Pipeline

/// Architectures are numbers; a value is the number, the seed and the batch in a row. Number 13 cannot be evaluated, and 99
/// not on this machine.
private struct NumberSession: MeasuringSession {
  let asked = Log()

  final class Log: Sendable {
    private let requests = Mutex<[EvaluationRequest]>([])
    var all: [EvaluationRequest] { requests.withLock { $0 } }
    func add(_ request: EvaluationRequest) { requests.withLock { $0.append(request) } }
  }

  final class Worker: ArchitectureWorker {
    private let log: Log

    init(_ log: Log) { self.log = log }

    func measure(_ request: EvaluationRequest) throws(EvaluationFailure) -> Evaluation {
      log.add(request)
      guard let number = Double(request.architecture.text), number != 13, number != 99 else {
        throw EvaluationFailure(
          Reason("\(request.architecture.text) is not possible"), isOfMachine: request.architecture.text == "99")
      }
      let value = 100 * number + Double(10 * request.seed + request.batch)
      return Evaluation(outcomes: [.success(value), .failure(Reason("never"))], seconds: 0, peakBytes: 0)
    }
  }

  var textDigest: String? { nil }
  func checkBatch(_ index: Int) {}
  func architecture(_ text: String, source: String) -> MeasuredArchitecture { .init(text: text, features: []) }
  func sample(count: Int, seed: Int) -> [String] { (0..<count).map { String($0) } }
  func makeWorker() -> any ArchitectureWorker { Worker(asked) }
}

/// Evaluations, those who make them, and the memo before them.
@Suite struct EvaluationTests {
  private func requests(_ numbers: [Int]) -> [EvaluationRequest] {
    numbers.map { EvaluationRequest(MeasuredArchitecture(text: String($0), features: []), seed: 1, batch: 2) }
  }

  @Test func outcomesComeBackFromTheirText() throws {
    let evaluation = Evaluation(
      outcomes: [
        .success(0.1), .success(-1e-300), .failure(Reason("why \"so\"\n")), .success(.nan), .success(3),
      ], seconds: 0, peakBytes: 0)
    #expect(Evaluation.outcomes(of: evaluation.text, count: 5) == evaluation.outcomes)
    #expect(evaluation.outcomes[3] == .failure(Reason("not a finite number")))
    for bad in ["", "[1,2]", "[1,2,3,4,null]", "{}", "[1"] { #expect(Evaluation.outcomes(of: bad, count: 5) == nil) }
  }

  @Test(arguments: [1, 2, 7]) func outcomesStandInTheOrderOfRequests(_ workers: Int) async {
    let ended = Mutex<Set<Int>>([])
    let outcomes = await LocalEvaluations(NumberSession(), workers: workers).outcomes(of: requests([5, 13, 4, 5])) {
      index, _ in
      ended.withLock { _ = $0.insert(index) }
      return true
    }
    #expect(outcomes.map { (try? $0?.get())?.outcomes.first?.value } == [512, nil, 412, 512])
    #expect(outcomes[1] == .failure(EvaluationFailure(Reason("13 is not possible"), isOfMachine: false)))
    #expect(ended.withLock { $0 } == [0, 1, 2, 3])
    #expect(await LocalEvaluations(NumberSession(), workers: workers).outcomes(of: []) { _, _ in true }.isEmpty)
  }

  @Test func nothingIsBegunAfterAnEndThatSaysSo() async {
    let outcomes = await LocalEvaluations(NumberSession(), workers: 1).outcomes(of: requests([1, 2, 3, 4])) {
      index, _ in index < 1
    }
    #expect(outcomes.map { $0 != nil } == [true, true, false, false])
  }

  private struct Queue {
    let store: Store
    let session = NumberSession()

    func outcomes(_ numbers: [Int]) async throws -> [Outcome<Double>?] {
      let settings = MeasureSettings(
        vocabulary: 2, embedding: 1, hidden: 1, layers: 1, tied: true, metricProtocol: .results, precision: .float32,
        tokens: .init(use: "text-free", base: "", vocabulary: 2, steps: 1, columns: 1, lastBatch: 0), metrics: [])
      let architectures = numbers.map { MeasuredArchitecture(text: String($0), features: []) }
      let context = StepContext(workers: 2, store: store, isForced: false) { _, _ in }
      let queue = EvaluationQueue(
        architectures, runs: [(0, 0), (1, 2)], columns: 2,
        keys: EvaluationKeys(settings, engineVersion: 1, tokens: TokenFiles()))
      let found = try await queue.outcomes(LocalEvaluations(session, workers: 2), context)
      return architectures.map { found.of($0, seed: 1, batch: 2)?.first }
    }
  }

  /// Equal architectures are evaluated once, what is kept is not evaluated again, and what an architecture is to blame for
  /// is kept too.
  @Test func queuesEvaluateOnce() async throws {
    let folder = NSTemporaryDirectory() + "trainfree-evaluations-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let first = Queue(store: try Store.open("\(folder)/s.sqlite"))
    let impossible = Outcome<Double>.failure(Reason("13 is not possible"))
    #expect(try await first.outcomes([3, 13, 3]) == [.success(312), impossible, .success(312)])
    #expect(first.session.asked.all.count == 4)
    let second = Queue(store: first.store)
    #expect(try await second.outcomes([13, 4, 3]) == [impossible, .success(412), .success(312)])
    #expect(second.session.asked.all.count == 2)
  }

  /// What the machine is to blame for ends the measurement, and nothing is kept of it.
  @Test func machinesThatFailLeaveNothing() async throws {
    let folder = NSTemporaryDirectory() + "trainfree-evaluations-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let queue = Queue(store: try Store.open("\(folder)/s.sqlite"))
    await #expect(throws: Reason("99 is not possible")) { try await queue.outcomes([99, 1, 2, 3, 4, 5, 6]) }
    #expect(queue.session.asked.all.count < 14)
    #expect(try await queue.outcomes([1]) == [.success(112)])
    #expect(try queue.store.evaluationSummary().count < 14)
  }
}

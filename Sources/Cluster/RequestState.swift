import Measurements
import Outcomes

/// A task that ended without all its results.
struct FailedTask: Sendable, Hashable {
  /// Its number and how it ended, in words.
  var words: String
  /// The last lines of its log.
  var tail: String
}

/// The requests of a measurement: which have ended, which were given up, and how often each was tried.
struct RequestState {
  private let requests: [EvaluationRequest]
  private let places: [String: [Int]]
  private let work: EvaluationWork
  private let ended: @Sendable (Int, EvaluationRunning.Ended) -> Bool
  /// The end of each request.
  private(set) var outcomes: [EvaluationRunning.Ended?]
  /// Keys without an end, in the order of the requests.
  private var open: Set<String>
  private let order: [String]
  /// Tries that gave no result, by key.
  private(set) var tries: [String: Int] = [:]
  /// Keys that are not sent again, with the last task that was to make each.
  private(set) var givenUp: [(key: String, task: FailedTask)] = []
  /// True when no further ones shall be begun.
  private(set) var isStopped = false

  init(
    _ requests: [EvaluationRequest], _ work: EvaluationWork,
    ended: @escaping @Sendable (Int, EvaluationRunning.Ended) -> Bool
  ) {
    self.requests = requests
    self.work = work
    self.ended = ended
    outcomes = Array(repeating: nil, count: requests.count)
    order = requests.map { work.keys.key($0) }
    var places: [String: [Int]] = [:]
    for (index, key) in order.enumerated() { places[key, default: []].append(index) }
    self.places = places
    open = Set(order)
  }

  /// True when every request has ended or was given up.
  var isDone: Bool { open.isEmpty }

  /// The requests without an end that stand in no task of arrays, each once.
  func waiting(besides watches: [ArrayWatch]) -> [RequestFile.Entry] {
    guard !open.isEmpty else { return [] }
    var seen: Set<String> = []
    for watch in watches {
      for task in watch.tasks.values where !task.isSettled { seen.formUnion(task.missing) }
    }
    return order.indices.compactMap { index in
      let key = order[index]
      guard open.contains(key), seen.insert(key).inserted else { return nil }
      return RequestFile.Entry(key: key, request: requests[index])
    }
  }

  /// Takes evaluations that came together: all are kept at once, then each request that waits for one ends. Those that were not
  /// asked for here are kept for the run that did.
  mutating func give(_ made: [KeyedEvaluation]) {
    guard !made.isEmpty else { return }
    do throws(Reason) { try work.keep(made) } catch { return fail(error) }
    for item in made where open.remove(item.key) != nil || givenUp.contains(where: { $0.key == item.key }) {
      givenUp.removeAll { $0.key == item.key }
      for place in places[item.key] ?? [] {
        outcomes[place] = .success(item.evaluation)
        if !ended(place, .success(item.evaluation)) { isStopped = true }
      }
    }
  }

  /// Counts a try without a result.
  ///
  /// - Parameters:
  ///   - most: The most tries.
  ///   - task: The task, for the report.
  mutating func failed(_ key: String, most: Int, task: FailedTask) {
    guard open.contains(key) else { return }
    tries[key, default: 0] += 1
    guard tries[key, default: 0] >= most else { return }
    open.remove(key)
    givenUp.append((key, task))
  }

  /// Ends the first request that has no end with a failure of the machine, which ends the measurement.
  mutating func fail(_ reason: Reason) {
    isStopped = true
    guard let place = outcomes.firstIndex(where: { $0 == nil }) else { return }
    let failure = EvaluationRunning.Ended.failure(EvaluationFailure(reason, isOfMachine: true))
    outcomes[place] = failure
    _ = ended(place, failure)
  }

  /// An evaluation that was given up, in words.
  func words(_ key: String) -> String {
    guard let place = places[key]?.first else { return key }
    let request = requests[place]
    let text = request.architecture.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "seed \(request.seed), batch \(request.batch) of \(text.prefix(80))\(text.count > 80 ? "…" : "")"
  }
}

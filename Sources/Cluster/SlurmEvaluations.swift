import Diagnostics
import Files
import Measurements
import Outcomes

/// Makes evaluations by arrays of tasks that Slurm runs.
///
/// What was sent before, by this run or one that was stopped, is taken up first: results in files are never asked for again,
/// and what a task that goes on is asked is not sent a second time. What is left is sent in an array, and what its tasks leave
/// without a result is sent again, at most `retries` times each; then the others go on, and the run fails and names it with the
/// log.
struct SlurmEvaluations: EvaluationRunning {
  let work: EvaluationWork
  let executor: SlurmExecutor

  private var settings: ClusterSettings { executor.settings }

  func outcomes(
    of requests: [EvaluationRequest], ended: @escaping @Sendable (Int, Ended) -> Bool
  ) async -> [Ended?] {
    guard !requests.isEmpty else { return [] }
    var state = RequestState(requests, work, ended: ended)
    do throws(Reason) { try await carryOut(&state) } catch { state.fail(error) }
    return state.outcomes
  }

  private func carryOut(_ state: inout RequestState) async throws(Reason) {
    let folder = try MeasurementFolder(for: work, in: executor.folder)
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    var watches = try await adopted(folder, &state)
    defer { for watch in watches where watch.hasEnded { executor.end(watch.name) } }
    var notices = Notices()
    var hasSent = false
    while !state.isStopped, !Task.isCancelled {
      collect(&watches, &state, &notices)
      try look(&watches, &state, &notices)
      if let cancelled = notices.cancelled, watches.allSatisfy(\.hasEnded), !state.isDone { throw cancelled }
      try finish(&watches, &state)
      if state.isDone { break }
      // What is to be sent again waits until every task has begun, and then goes out together.
      let maySend = notices.cancelled == nil && (!hasSent || !watches.contains(where: \.isWaiting))
      let waiting = maySend ? state.waiting(besides: watches) : []
      if !waiting.isEmpty {
        watches.append(try await send(waiting, tries: state.tries, folder))
        hasSent = true
      } else if !watches.isEmpty {
        try? await Task.sleep(for: .seconds(settings.poll))
      }
    }
    guard !state.isStopped, !Task.isCancelled else { return }
    if !state.givenUp.isEmpty { throw report(state) }
    if !settings.keep, watches.allSatisfy({ $0.hasEnded }) { folder.remove() }
  }

  /// The arrays of runs before that may still have tasks; results of all arrays are taken.
  private func adopted(_ folder: MeasurementFolder, _ state: inout RequestState) async throws(Reason) -> [ArrayWatch] {
    var watches: [ArrayWatch] = []
    var notices = Notices()
    for array in folder.arrays {
      var asked: [Int: [String]] = [:]
      do throws(DiagnosticsError) {
        for task in array.tasks {
          asked[task] = try RequestFile.read(array.requests(task), keys: work.keys).map(\.key)
        }
      } catch {
        executor.say("slurm: \(array.path) is left out:\n\(error.diagnostics.text)")
        continue
      }
      var watch = ArrayWatch(array, name: name(array), job: array.job, asked: asked, isAdopted: true)
      if array.hasEnded {
        for number in watch.tasks.keys { watch.tasks[number]?.isSettled = true }
      } else if watch.job == nil {
        watch.job = try await find(watch.name)
        if let job = watch.job { try array.write("\(job)\n", to: "job") }
      }
      var own = [watch]
      collect(&own, &state, &notices)
      guard let collected = own.first, !array.hasEnded else { continue }
      if collected.job != nil, !collected.hasEnded {
        executor.begin(collected.name, array, job: collected.job)
        executor.say("slurm: job \(collected.job ?? "") of a run before is taken up, \(collected.tasks.count) tasks")
      }
      watches.append(collected)
    }
    return watches
  }

  /// Takes the results that are new.
  private func collect(_ watches: inout [ArrayWatch], _ state: inout RequestState, _ notices: inout Notices) {
    var made: [KeyedEvaluation] = []
    for index in watches.indices {
      watches[index].collect(configuration: work.keys.configuration, columns: work.columns) { key, evaluation in
        made.append(KeyedEvaluation(key, evaluation))
      } damaged: { finding in
        let text = [finding].text
        if notices.isNew(text, most: 20) { executor.say(text) }
      }
    }
    state.give(made)
  }

  /// Asks the controller how tasks fare, and settles those that have ended.
  private func look(
    _ watches: inout [ArrayWatch], _ state: inout RequestState, _ notices: inout Notices
  ) throws(Reason) {
    for index in watches.indices where !watches[index].hasEnded {
      let name = watches[index].name
      let answer = watches[index].job.map { executor.slurm.tasks(of: $0, named: name) } ?? .unknown
      if case .away(let words) = answer {
        if notices.isDue() { executor.say("slurm: the controller does not answer (\(words)); waiting") }
        continue
      }
      var known: [Int: Slurm.TaskState] = [:]
      var others: Slurm.TaskState?
      if case .tasks(let tasks, let rest) = answer { (known, others) = (tasks, rest) }
      let now = ContinuousClock.now
      for number in watches[index].tasks.keys.sorted() {
        guard var task = watches[index].tasks[number], !task.isSettled else { continue }
        let isFirstLook = task.state == nil
        let last = known[number] ?? others
        if let last { task.state = last }
        let isKnown = watches[index].isAdopted && (isFirstLook || watches[index].folder.isCancelled)
        if last?.name == "CANCELLED", task.ended == nil, !isKnown {
          notices.cancelled = Reason(
            "job \(watches[index].job ?? "") was cancelled; what had ended is kept, and the next run sends the rest")
        }
        if let last, !last.hasEnded {
          task.ended = nil
          if last.name == "PENDING", !last.reason.isEmpty, last.reason != "None", notices.isNew(last.reason, most: 20) {
            executor.say("slurm: job \(watches[index].job ?? "") waits: \(last.reason)")
          }
        } else {
          task.ended = task.ended ?? now
          if let ended = task.ended, now - ended >= .seconds(settings.lag) {
            watches[index].tasks[number] = task
            // The controller may have lost sight of a process that still works on it, or begin one later.
            if let who = try watches[index].close(number) {
              let text =
                "slurm: task \(watches[index].job ?? "")_\(number) has ended for the controller, but \(who) works on it; "
                + "waiting (lock \(watches[index].folder.lock(number)))"
              if notices.isNew(text, most: 50) { executor.say(text) }
              continue
            }
            // Whatever was written before the task ended is seen by now.
            var own = [watches[index]]
            collect(&own, &state, &notices)
            watches[index] = own[0]
            guard let read = watches[index].tasks[number] else { continue }
            task = read
            if !task.isSettled { settle(&task, number, watches[index], &state, &notices) }
          }
        }
        watches[index].tasks[number] = task
      }
    }
  }

  /// Gives a task up that ended without all its results: what it was making then has been tried once more, and all that it was
  /// asked when it gave nothing and began nothing.
  private func settle(
    _ task: inout ArrayWatch.Task, _ number: Int, _ watch: ArrayWatch, _ state: inout RequestState,
    _ notices: inout Notices
  ) {
    task.isSettled = true
    let job = watch.job.map { "\($0)_\(number)" } ?? "that was never sent"
    var end = task.state.flatMap { $0.hasEnded ? $0.name : nil }
    if end == nil, let job = watch.job { end = executor.slurm.recordedEnd(of: job, task: number) }
    let words = "task \(job) (\(end ?? "ended")), log \(watch.folder.logFile(number))"
    // A job that was never sent, or was cancelled before this run, has not tried anything.
    let isBlameless = watch.job == nil || end == "CANCELLED"
    let suspects = isBlameless ? [] : !task.begun.isEmpty ? task.begun : task.hasGiven ? [] : task.missing
    let failed = FailedTask(words: words, tail: watch.folder.tail(number))
    task.failure = failed
    for key in suspects { state.failed(key, most: settings.retries + 1, task: failed) }
    if notices.isNew(words, most: 50) {
      executor.say("slurm: \(words): \(task.missing.count) of \(task.asked.count) evaluations were not made")
    }
  }

  /// Marks arrays that have ended, and takes them out of those that are watched. When none of its tasks gave anything, all that
  /// it was asked has been tried: otherwise a mistake that meets every evaluation would be found out one by one.
  private func finish(_ watches: inout [ArrayWatch], _ state: inout RequestState) throws(Reason) {
    for watch in watches where watch.hasEnded {
      if watch.tasks.values.allSatisfy({ !$0.hasGiven && $0.state?.name != "CANCELLED" }) {
        for task in watch.tasks.values where !task.begun.isEmpty {
          guard let failure = task.failure else { continue }
          for key in task.missing.subtracting(task.begun) {
            state.failed(key, most: settings.retries + 1, task: failure)
          }
        }
      }
      try watch.folder.write("", to: "ended")
      executor.end(watch.name)
    }
    watches.removeAll(where: \.hasEnded)
  }

  /// Sends requests in an array.
  private func send(
    _ entries: [RequestFile.Entry], tries: [String: Int], _ folder: MeasurementFolder
  ) async throws(Reason) -> ArrayWatch {
    let batches = Batches(settings).split(entries, tries: tries)
    let array = try folder.makeArray(batches, configuration: work.keys.configuration) { executor.script($0) }
    let name = name(array)
    executor.begin(name, array, job: nil)
    let start = ContinuousClock.now
    var job: String?
    while job == nil {
      let sending: Slurm.Sending
      do throws(Reason) {
        sending = try executor.slurm.send(array, name: name, tasks: batches.count, settings)
      } catch {
        executor.end(name)
        folder.discard(array)
        throw error
      }
      switch sending {
      case .sent(let number): job = number
      case .refused(let words):
        executor.end(name)
        folder.discard(array)
        throw Reason("Slurm refuses the job: \(words)")
      case .away(let words):
        executor.say("slurm: the controller does not take the job (\(words)); trying again")
        guard ContinuousClock.now - start < .seconds(settings.patience), !Task.isCancelled else {
          throw Reason("the controller did not take the job within \(settings.patience) s: \(words)")
        }
        try? await Task.sleep(for: .seconds(max(1, settings.poll)))
        // Its answer may have been lost.
        job = try await find(name)
      }
    }
    guard let job else { throw Reason("the job has no number") }
    try array.write("\(job)\n", to: "job")
    executor.begin(name, array, job: job)
    executor.say("slurm: job \(job), \(batches.count) tasks, \(entries.count) evaluations")
    var asked: [Int: [String]] = [:]
    for (task, batch) in batches.enumerated() { asked[task] = batch.map(\.key) }
    return ArrayWatch(array, name: name, job: job, asked: asked, isAdopted: false)
  }

  /// The job of a name; nil when the controller knows none.
  private func find(_ name: String) async throws(Reason) -> String? {
    let start = ContinuousClock.now
    while true {
      do throws(Reason) { return try executor.slurm.job(named: name) } catch {
        guard ContinuousClock.now - start < .seconds(settings.patience), !Task.isCancelled else { throw error }
      }
      try? await Task.sleep(for: .seconds(max(1, settings.poll)))
    }
  }

  private func name(_ array: ArrayFolder) -> String {
    "trainfree-\(work.keys.configuration.prefix(8))-\(array.name)"
  }

  /// What was given up, with the last words of each log.
  private func report(_ state: RequestState) -> Reason {
    var lines: [String] = []
    var shown: Set<FailedTask> = []
    for (key, task) in state.givenUp.prefix(5) {
      lines.append("\(state.words(key)): \(task.words)")
      guard shown.insert(task).inserted else { continue }
      lines += task.tail.split(whereSeparator: \.isNewline).map { "  | \($0)" }
    }
    if state.givenUp.count > 5 { lines.append("and \(state.givenUp.count - 5) more") }
    let times = settings.retries == 0 ? "once" : "\(settings.retries + 1) times"
    return Reason(
      "\(state.givenUp.count) of \(state.outcomes.count) evaluations were tried \(times) by Slurm and not made; "
        + "the others are kept, and the next run tries again:\n"
        + lines.joined(separator: "\n"))
  }

  /// What has been said, so that nothing is said at every look.
  private struct Notices {
    private var said: [String: Int] = [:]
    private var lastDue: ContinuousClock.Instant?
    /// The reason to end, when somebody else cancelled a job.
    var cancelled: Reason?

    /// True the first time a text comes, for so many texts.
    mutating func isNew(_ text: String, most: Int) -> Bool {
      guard said[text] == nil, said.count < most else { return false }
      said[text] = 1
      return true
    }

    /// True once a minute.
    mutating func isDue() -> Bool {
      if let lastDue, ContinuousClock.now - lastDue < .seconds(60) { return false }
      lastDue = .now
      return true
    }
  }
}

import Outcomes

/// Slurm's commands, as far as they are needed, and their answers.
struct Slurm: Sendable {
  /// A task of an array as the controller sees it.
  struct TaskState: Sendable, Hashable {
    /// Such as `RUNNING`.
    var name: String
    /// Why it waits, such as `Priority`.
    var reason: String

    /// States that a task does not leave.
    private static let final: Set<String> = [
      "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED",
      "TIMEOUT",
    ]

    /// True when the task has ended. A state that is not known is one of a task that goes on.
    var hasEnded: Bool { Self.final.contains(name) }
  }

  /// What the controller says of a job.
  enum Answer: Sendable, Hashable {
    /// The tasks that it knows, by number, and the state of all others where it has one for them: tasks that were cancelled
    /// before they began have no number any more.
    case tasks([Int: TaskState], others: TaskState?)
    /// It knows no such job, or no more.
    case unknown
    /// It cannot be asked at present.
    case away(String)
  }

  /// How a job was sent.
  enum Sending: Sendable, Hashable {
    case sent(job: String)
    /// The controller could not be reached, or its answer was lost: the job may have been sent all the same.
    case away(String)
    /// It refuses the job.
    case refused(String)
  }

  private let command: SchedulerCommand

  init(_ command: SchedulerCommand = SchedulerCommand()) { self.command = command }

  /// Sends an array.
  ///
  /// - Throws: `Reason` when there is no `sbatch`.
  func send(_ array: ArrayFolder, name: String, tasks: Int, _ settings: ClusterSettings) throws(Reason) -> Sending {
    let throttle = settings.atOnce.map { "%\($0)" } ?? ""
    // In names of files, sbatch reads a per cent sign as the beginning of a field.
    let path = array.path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    // Of options that are given twice, the last counts.
    var arguments = ["sbatch"] + settings.options
    arguments += [
      "--parsable", "--job-name=\(name)", "--array=0-\(tasks - 1)\(throttle)", "--open-mode=append",
      "--output=\(path)/logs/%a.log", "--cpus-per-task=\(settings.processors)",
    ]
    if let partition = settings.partition { arguments.append("--partition=\(partition)") }
    if let time = settings.time { arguments.append("--time=\(time)") }
    if let memory = settings.memory { arguments.append("--mem=\(memory)") }
    arguments.append("\(array.path)/job.sh")
    let answer: SchedulerCommand.Answer
    do throws(Reason) { answer = try command.run(arguments) } catch {
      guard Self.isLate(error) else { throw error }
      return .away(error.text)
    }
    // `12`, or `12;cluster`.
    let job = answer.output.split(whereSeparator: \.isNewline).last?.split(separator: ";").first.map(String.init)
    if answer.status == 0, let job, !job.isEmpty, job.allSatisfy(\.isNumber) { return .sent(job: job) }
    let words = Self.words(answer)
    return Self.isAway(words) || answer.status < 0 ? .away(words) : .refused(words)
  }

  /// The number of the job of a name.
  ///
  /// - Returns: nil when there is none.
  /// - Throws: `Reason` when the controller cannot be asked.
  func job(named name: String) throws(Reason) -> String? {
    let answer = try command.run(["squeue", "--noheader", "--states=all", "--name=\(name)", "--format=%A %F"])
    guard answer.status == 0 else { throw Reason(Self.words(answer)) }
    // The number of the array is the last word; that of a job for itself may be another one of it.
    return answer.output.split(whereSeparator: \.isNewline).first?.split(separator: " ").last.map(String.init)
  }

  /// The tasks of a job. Its name is looked at too: a controller that comes back with an older state may have forgotten the job,
  /// and give its number to another one.
  func tasks(of job: String, named name: String) -> Answer {
    let answer: SchedulerCommand.Answer
    do throws(Reason) {
      answer = try command.run([
        "squeue", "--noheader", "--array", "--states=all", "--jobs=\(job)", "--format=%K|%T|%r|%j",
      ])
    } catch { return .away(error.text) }
    guard answer.status == 0 else {
      let words = Self.words(answer)
      return words.contains("Invalid job id") ? .unknown : .away(words)
    }
    var states: [Int: TaskState] = [:]
    var others: TaskState?
    for line in answer.output.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count >= 4, fields[3] == name else { continue }
      let state = TaskState(name: String(fields[1]), reason: String(fields[2]))
      if let task = Int(fields[0]) { states[task] = state } else { others = state }
    }
    return states.isEmpty && others == nil ? .unknown : .tasks(states, others: others)
  }

  /// The state in which a task ended, from the accounting, where there is one; nil when it does not say.
  func recordedEnd(of job: String, task: Int) -> String? {
    let quick = SchedulerCommand(patience: .seconds(10))
    guard
      let answer = try? quick.run([
        "sacct", "--noheader", "--parsable2", "--allocations", "--jobs=\(job)_\(task)", "--format=State",
      ]), answer.status == 0
    else { return nil }
    return answer.output.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  /// Cancels jobs by name, which reaches those whose number is not known either.
  func cancel(named names: [String]) {
    for name in names { _ = try? SchedulerCommand(patience: .seconds(4)).run(["scancel", "--name=\(name)"]) }
  }

  private static func words(_ answer: SchedulerCommand.Answer) -> String {
    let text = answer.errors.isEmpty ? answer.output : answer.errors
    let line = text.split(whereSeparator: \.isNewline).prefix(3).joined(separator: "; ")
    return line.isEmpty ? "it ended with status \(answer.status) and said nothing" : String(line.prefix(500))
  }

  private static func isLate(_ reason: Reason) -> Bool { reason.text.contains("gave no answer") }

  /// Whether an error is one of the way to the controller.
  private static func isAway(_ words: String) -> Bool {
    [
      "Unable to contact", "Connection refused", "timed out", "Connection reset", "Zero Bytes", "Communication",
      "Unexpected message", "backup controller", "temporarily", "Transport endpoint", "slurm_receive",
    ].contains { words.contains($0) }
  }
}

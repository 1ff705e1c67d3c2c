import Foundation
import Testing

/// Measurements by Slurm, which scripts stand in for: six cells with two seeds are twelve evaluations in three tasks.
@Suite struct SlurmTests {
  /// The report of a run in one process, made once for all tests.
  private static let local: Result<[String: Data], any Error> = Result {
    try SmallAnalysis.tool().files("reports/small")
  }

  @Test func theReportIsThatOfALocalRun() throws {
    let slurm = try FakeSlurm(settings: "")
    let result = try slurm.run(["--time", "30", "--memory", "500M", "--partition", "short"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try slurm.tool.files("reports/small") == Self.local.get())
    let sent = slurm.calls("sbatch")
    #expect(sent.count == 1 && result.errors.contains("3 tasks, 12 evaluations"))
    for option in ["--array=0-2", "--time=30", "--mem=500M", "--partition=short", "--cpus-per-task=1"] {
      #expect(sent[0].contains(" \(option) "), "\(option)")
    }
    // All is in the store: nothing is left of the files, and nothing is sent again.
    #expect(!FileManager.default.fileExists(atPath: slurm.tool.folder + "/.trainfree/cluster"))
    #expect(try slurm.run().status == 0)
    #expect(slurm.calls("sbatch").count == 1)
    // But when it is asked for.
    #expect(try slurm.run(["--force"]).status == 0)
    #expect(slurm.calls("sbatch").count == 2)
  }

  /// What goes wrong with the first job, how many jobs there are then, and how many evaluations end twice: none but those whose
  /// results were torn or changed, or copied.
  @Test(arguments: [
    ("killed", 2, 12), ("timeout", 2, 12), ("preempted", 2, 12), ("failed", 2, 12), ("twice", 1, 24), ("torn", 2, 15),
    ("changed", 2, 18), ("foreign", 2, 24), ("lost", 1, 12), ("away", 2, 12),
    ("doubled", 1, 12), ("forgotten", 1, 12), ("late", 2, 12),
  ]) func whatGoesWrongIsSentAgain(_ mode: String, _ jobs: Int, _ ends: Int) throws {
    let slurm = try FakeSlurm([mode])
    let result = try slurm.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try slurm.tool.files("reports/small") == Self.local.get())
    // Tasks that end at different times may be sent again in different arrays.
    #expect((jobs == 1 ? 1...1 : jobs...4).contains(slurm.calls("sbatch").count))
    let ended = try slurm.results("end")
    #expect(ended.count == ends || ["torn", "changed"].contains(mode), "\(ended.count)")
    #expect(Set(ended).count == 12 || mode == "changed")
    // A line without its end is not there yet; one that is whole and wrong is named.
    if ["changed", "foreign"].contains(mode) {
      #expect(
        result.errors.contains("warning") && result.errors.contains("a result cannot be used"), "\(result.errors)")
    }
  }

  /// An evaluation that takes every task with it is given up after its tries, with the log; the others are made. The next run
  /// tries it again.
  @Test func onePoisonousEvaluationIsGivenUp() throws {
    let slurm = try FakeSlurm(["poison", "poison", "poison"])
    let result = try slurm.run()
    #expect(result.status == 1)
    #expect(result.errors.contains("1 of 12 evaluations were tried 3 times by Slurm"), "\(result.errors)")
    #expect(result.errors.contains("(FAILED), log "))
    #expect(Set(try slurm.results("end")).count == 11)
    let again = try slurm.run()
    #expect(again.status == 0, "\(again.errors)")
    #expect(slurm.calls("sbatch").count == 4)
    #expect(try slurm.results("end").count == 12)
    #expect(try slurm.tool.files("reports/small") == Self.local.get())
  }

  @Test func tasksThatNeverGiveAnythingEndTheRun() throws {
    let slurm = try FakeSlurm(Array(repeating: "stuck", count: 40))
    let result = try slurm.run()
    #expect(result.status == 1)
    #expect(result.errors.contains("12 of 12 evaluations were tried 3 times"), "\(result.errors)")
    #expect(result.errors.contains("OUT_OF_MEMORY") && result.errors.contains("| out of memory"))
    #expect(result.errors.contains("and 7 more"))
  }

  @Test func refusedJobsAndMissingCommandsAreSaid() throws {
    let slurm = try FakeSlurm(["refused"])
    let refused = try slurm.run()
    #expect(refused.status == 1 && refused.errors.contains("Slurm refuses the job: sbatch: error: invalid partition"))
    let path = slurm.tool.folder + "/nothing"
    let missing = try slurm.tool.run(FakeSlurm.arguments, environment: ["PATH": path])
    #expect(missing.status == 1 && missing.errors.contains("there is no command sbatch"), "\(missing.errors)")
    #expect(try slurm.run().status == 0)
  }

  @Test func aControllerThatDoesNotAnswerIsWaitedFor() throws {
    let slurm = try FakeSlurm()
    try slurm.tool.write("5\n", to: "slurm/away")
    let result = try slurm.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("the controller does not answer") || slurm.calls("squeue").isEmpty)
    #expect(slurm.calls("sbatch").count == 1)
  }

  /// An interrupted run leaves its tasks, and the next one takes their results; or cancels them, and the next one sends them
  /// again.
  @Test(arguments: [(SIGINT, "leave", 1), (SIGTERM, "leave", 1), (SIGKILL, "leave", 1), (SIGINT, "cancel", 2)])
  func interruptedRunsAreTakenUp(_ signal: Int32, _ choice: String, _ jobs: Int) throws {
    let slurm = try FakeSlurm(["waiting"], settings: "keep: true\non-interrupt: \(choice)")
    let process = slurm.tool.process(FakeSlurm.arguments, environment: slurm.environment)
    let errors = slurm.tool.folder + "/errors"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, slurm.calls("squeue").isEmpty { Thread.sleep(forTimeInterval: 0.01) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationStatus == (signal == SIGKILL ? SIGKILL : 130))
    #expect(slurm.calls("scancel").isEmpty == (choice == "leave"))
    if signal != SIGKILL {
      #expect(try slurm.tool.text("errors").contains(choice == "leave" ? "`scancel 1` stops it" : "cancelled job 1"))
    }
    try slurm.tool.write("", to: "slurm/go")
    let result = try slurm.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(slurm.calls("sbatch").count == jobs)
    #expect(try slurm.results("end").count == 12)
    #expect(try slurm.tool.files("reports/small") == Self.local.get())
  }

  /// A job that somebody cancels while the run waits ends it: it is not sent again behind their back.
  @Test func cancelledJobsEndTheRun() throws {
    let slurm = try FakeSlurm(["waiting"])
    let process = slurm.tool.process(FakeSlurm.arguments, environment: slurm.environment)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, slurm.calls("squeue").isEmpty { Thread.sleep(forTimeInterval: 0.01) }
    try slurm.tool.write("", to: "slurm/jobs/1/cancelled")
    process.waitUntilExit()
    #expect(process.terminationStatus == 1 && slurm.calls("sbatch").count == 1)
    #expect(try slurm.run().status == 0)
  }

  /// Two processes of one task at once, and one more that is killed while it has the lock: each evaluation ends once, and
  /// what was cut short is made by the next.
  @Test func oneProcessAtATimeWorksOnATask() throws {
    let slurm = try FakeSlurm(cells: 60)
    #expect(try slurm.run().status == 0)
    let array = try slurm.array()
    try FileManager.default.removeItem(atPath: "\(array)/results")
    try Data().write(to: URL(fileURLWithPath: "\(array)/tasks/0.lock"))
    let work = ["work", array, "--task", "0"]
    func begin(_ log: String) throws -> Process {
      let process = slurm.tool.process(work, environment: [:])
      _ = FileManager.default.createFile(atPath: "\(slurm.tool.folder)/\(log)", contents: nil)
      process.standardError = FileHandle(forWritingAtPath: "\(slurm.tool.folder)/\(log)")
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      return process
    }
    let first = try begin("first.log")
    while first.isRunning, try slurm.ends(in: array).isEmpty { Thread.sleep(forTimeInterval: 0.001) }
    kill(first.processIdentifier, SIGSTOP)
    let before = try slurm.ends(in: array)
    #expect(!before.isEmpty && before.count < 40)
    let others = try ["second.log", "third.log"].map { (try begin($0), $0) }
    for (process, log) in others {
      let words = "waiting for process \(first.processIdentifier) on "
      while process.isRunning, try !slurm.tool.text(log).contains(words) { Thread.sleep(forTimeInterval: 0.01) }
      #expect(process.isRunning)
    }
    #expect(try slurm.ends(in: array) == before)
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    for (process, _) in others {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let ended = try slurm.ends(in: array)
    #expect(ended.count == 40 && Set(ended).count == 40)
    #expect(try slurm.tool.run(work).errors.contains("0 evaluations made, 40 were there"))
  }

  /// A worker refuses requests that were changed, and says where.
  @Test func workersTrustNothing() throws {
    let slurm = try FakeSlurm()
    #expect(try slurm.run().status == 0)
    let array = try slurm.array()
    let work = ["work", array, "--task", "0"]
    // Everything is there already.
    let again = try slurm.tool.run(work)
    #expect(again.status == 0 && again.errors.contains("0 evaluations made, 4 were there"), "\(again.errors)")
    #expect(try slurm.tool.run(["work", array, "--task", "9"]).status == 66)
    #expect(try slurm.tool.run(["work", array, "--task", "-1"]).status == 64)
    for (file, from, to, id) in [
      ("\(array)/tasks/0.requests", "\t0\t", "\t7\t", "bad-requests"),
      ("\(array)/../../measurement.json", "\"hidden\": 12", "\"hidden\": 13", "other-measurement"),
      ("\(array)/../../measurement.json", "\"hidden\": 12", "\"hidden\": 99999999", "out-of-range"),
      ("\(array)/../../measurement.json", "\"format\": 1", "\"format\": 2", "out-of-range"),
    ] {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let changed = text.replacingOccurrences(of: from, with: to)
      #expect(changed != text)
      try changed.write(toFile: file, atomically: true, encoding: .utf8)
      let result = try slurm.tool.run(work)
      #expect(
        result.status == 65 && result.errors.contains("\(URL(fileURLWithPath: file).lastPathComponent):"),
        "\(id): \(result.errors)")
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }

  @Test(arguments: [
    ("poll: 0", Int32(65)), ("parttion: x", 65), ("time: soon", 65), ("options: [-p, x]", 65),
    ("options: [--job-name=x]", 65), ("array-size: 0", 65),
  ]) func wrongSettingsAreRefused(_ text: String, _ status: Int32) throws {
    let slurm = try FakeSlurm()
    try slurm.tool.write(text + "\n", to: "slurm.yaml")
    let result = try slurm.run()
    #expect(result.status == status && result.errors.contains("slurm.yaml:1:"), "\(result.errors)")
    #expect(slurm.calls("sbatch").isEmpty)
  }

  @Test(arguments: [
    ["--partition", "x"], ["--executor", "slurm", "--time", "soon"], ["--executor", "slurm", "--array-size", "0"],
    ["--executor", "slurm", "--shard", "1/2"], ["--executor", "cloud"], ["--executor", "slurm", "--slurm", ""],
  ]) func wrongOptionsAreRefused(_ options: [String]) throws {
    let tool = try Tool()
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml"] + options).status == 64)
  }
}

import ArgumentParser
import Cluster
import Datasets
import Diagnostics
import Files

struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Measure what a task of an array is asked (run by Slurm).",
    discussion: """
      `trainfree run --executor slurm` makes the folder and has Slurm run this on its nodes; docs/cluster.md says what stands \
      in it. Results are written as they are made; what an earlier process of the same task has made is not made again, and \
      while one still works on it, this one waits. The store is not opened.

      Exits with status 1 when the machine failed, for want of memory or of disk, 65 when the requests cannot be used, or \
      this program, its catalogue or its data would measure something else, and 66 when there is no such task.
      """)
  @Argument(help: "The folder of the array.") var folder: String
  @Option(name: .long, help: "Number of the task, from 0.") var task: Int
  @Option(name: .shortAndLong, help: "Measurements at once.") var jobs = 1
  @OptionGroup var places: PlaceOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    try PathArgument.check([("the folder", folder)])
    if task < 0 { throw ValidationError("--task must not be negative.") }
    if !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
  }

  func run() async throws {
    let console = Console(talk: talk, isJSON: false)
    try await Failure.handled(console) {
      let home = try Home.find(places.home)
      let worker = TaskWorker(
        folder: folder, task: task, workers: jobs, engine: Engine.standard, catalog: try home.catalog(),
        location: .standard(places))
      let summary = try await worker.run(atEnd: { _ = Interruption.shared.atEnd($0) }, say: { console.log($0) })
      let known =
        (summary.known > 0 ? ", \(summary.known) were there" : "")
        + (summary.isClosed ? "; the task is over, and what it had left was sent again" : "")
      console.log("task \(task): \(summary.made) evaluations made\(known)")
      if let failure = summary.failure {
        console.error(failure.text)
        throw ExitStatus.stepFailed
      }
    }
  }
}

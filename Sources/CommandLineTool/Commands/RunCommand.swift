import ArgumentParser
import Foundation
import Measurements
import Pipeline
import Runner

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry an analysis out and write its report.",
    discussion: """
      Steps that are current are not run again. Missing data is fetched. The report's folder is replaced as a whole: a reader
      sees the old report or the new. Files of others in it are kept; one that has the name of a report's file, or a folder
      that holds files and no report, is left alone and said to be in the way unless --force is given.

      Examples:
        trainfree run analyses/quickstart.yaml
        trainfree run analyses/serianni2023-rnn.yaml -j 2 --data-dir ../data
        trainfree run analysis.yaml --until figure/metrics
        trainfree run analysis.yaml --executor slurm --partition short --time 30 --array-size 200
        trainfree run analysis.yaml --shard 3/20 --store share-3.sqlite
      """)

  @Argument(help: "The analysis.") var analysis: String
  @Option(name: .shortAndLong, help: "Steps at once.") var jobs: Int?
  @Flag(name: .shortAndLong, help: "Go on with other steps after one failed.") var keepGoing = false
  @Flag(name: .shortAndLong, help: "Run every step again, and replace files of others in the report's folder.")
  var force = false
  @Flag(name: .shortAndLong, help: "Print the plan and do nothing.") var nothing = false
  @Flag(name: .long, help: "Try steps again that failed before.") var retryFailed = false
  @Flag(name: .long, help: "Fail with status 5 instead of computing anything.") var frozen = false
  @OptionGroup var seeds: SeedOptions
  @Option(name: .long, help: "Run only these steps; they must find their inputs in the store.") var only: [String] = []
  @Option(name: .long, help: "Run these steps and what they read from.") var until: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Measure the K-th of N shares of every measurement into the store and make no report; `trainfree store merge` joins the stores.",
      valueName: "K/N"))
  var shard: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The report's folder.", valueName: "folder")) var output: String?
  @OptionGroup var slurm: SlurmOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    try PathArgument.check([("--output", output)])
    if frozen, force { throw ValidationError("--frozen and --force exclude each other.") }
    if let shard, Share(shard) == nil {
      throw ValidationError("--shard must be K/N, such as 3/20: K from 1 to N, and N at most 100000.")
    }
    if shard != nil, slurm.executor != .local {
      throw ValidationError("--shard is measured by this process, and excludes --executor slurm.")
    }
    if shard != nil, frozen || nothing || !only.isEmpty || !until.isEmpty || output != nil {
      throw ValidationError("--shard goes with none of --frozen, --nothing, --only, --until and --output.")
    }
    if !only.isEmpty, !until.isEmpty { throw ValidationError("--only and --until exclude each other.") }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let executor = try slurm.slurmExecutor(store: store.store, places: places, console: console)
      let session = try Session.open(
        analysis, places: places, seed: seeds.seed, executor: executor ?? LocalExecutor())
      if nothing {
        return try PlanAction(session: session, console: console, storePath: store.store).run(exitCode: false)
      }
      let action = RunAction(
        session: session, console: console, storePath: store.store, output: output,
        options: ExecutionOptions(
          workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, keepsGoing: keepGoing, isForced: force,
          retriesFailed: retryFailed),
        isOffline: places.offline, isFrozen: frozen,
        selection: shard.flatMap { Share($0) }.map { .share($0) }
          ?? (!only.isEmpty ? .only(only) : !until.isEmpty ? .until(until) : .all))
      let interruption = executor.map { executor in Interruption.shared.atEnd { executor.interrupted() } }
      defer { if let interruption { Interruption.shared.cancel(interruption) } }
      try await action.run()
    }
  }
}

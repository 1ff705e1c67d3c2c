import ArgumentParser
import Foundation

struct RankCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Which metrics of a file of yours rank by its target, and is it more than size?",
    discussion: """
      Reads a table of scores (CSV, TSV, JSON, JSON lines, SQLite, also gzip), finds out what its columns are, and holds every metric
      against the target and against the strongest trivial baseline: Somers' d, ties as coin flips, with intervals from paired
      resamples, p-values adjusted over all comparisons, and how many of the best rows survive. What was found out is printed
      with the option that says otherwise.

      Nothing is kept unless --report, --save or --store say so. --json prints everything; docs/rank.md has its members.

      Examples:
        trainfree rank scores.csv --target accuracy
        trainfree rank scores.csv --target loss --lower loss --baseline flops --keep 0.1
        trainfree rank scores.csv --target accuracy --report report --save analysis.yaml
        trainfree rank zc.json --target val_accuracy --read levels=[space,task,arch] --where task=cifar10
        trainfree rank scores.sqlite --target acc --read 'query=SELECT * FROM runs WHERE seed = 0' --json
      """)

  @Argument(help: "The file with a row for each architecture, or for each training of one.") var file: String
  @OptionGroup(title: "What the file is, and what is asked") var options: OwnFileOptions
  @Option(name: .long, help: ArgumentHelp("Writes the full report into this folder.", valueName: "folder"))
  var report: String?
  @Option(name: .long, help: ArgumentHelp("Writes the analysis behind the answer into this file.", valueName: "file"))
  var save: String?
  @Option(
    name: .long, help: ArgumentHelp("Keeps results in this store; in none when left out.", valueName: "file"))
  var store: String?
  @Flag(name: .shortAndLong, help: "Replace a file that is there, and files of others in the report's folder.")
  var force = false
  @Option(name: .shortAndLong, help: "Steps at once.") var jobs: Int?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    try PathArgument.check([("The file", file), ("--report", report), ("--save", save), ("--store", store)])
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      try await RankAction(
        path: file, options: options, saved: save, report: report, storePath: store, replaces: force,
        workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, places: places, console: console
      ).run()
    }
  }
}

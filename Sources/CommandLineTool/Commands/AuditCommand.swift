import ArgumentParser
import Foundation
import Pipeline
import Runner

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Judge the claims and findings of analyses, and say which hold.",
    discussion: """
      Names specs, or claims files, of which every shipped analysis that uses them is run; every shipped analysis that has
      claims when nothing is named. Two verdicts, never merged: whether the printed number was met, and whether the
      interval lies in the claimed region. A severity with `!` marks verdicts that are not as expected.

      Exit status: 3 when a claim of severity error is not reproduced or refuted (or not as it expects), 4 with --strict
      when one is not decided, 5 with --frozen when verdicts are stale, 1 when a step failed, 64 to 74 as elsewhere; of
      several the most severe: 70, 64, 74, 66, 65, 1, 3, 5, 4.

      Examples:
        trainfree audit analyses/audit-rnn.yaml
        trainfree audit data/claims/serianni2023.yaml --junit claims.xml --summary claims.md
        trainfree audit --strict --json -
      """)

  @Argument(help: "Analyses or claims files.") var files: [String] = []
  @Option(name: .long, help: ArgumentHelp("Write everything as JSON; - for standard output.", valueName: "file"))
  var json: String?
  @Option(name: .long, help: ArgumentHelp("Write JUnit XML.", valueName: "file")) var junit: String?
  @Option(name: .long, help: ArgumentHelp("Write Markdown for a step summary.", valueName: "file"))
  var summary: String?
  @Flag(name: .long, help: "Append the Markdown to the file that GITHUB_STEP_SUMMARY names.")
  var githubStepSummary = false
  @Flag(name: .long, help: "Claims that are not decided fail too.") var strict = false
  @Option(name: .long, help: ArgumentHelp("Judge this claim alone; may be repeated.", valueName: "name"))
  var claim: [String] = []
  @Option(name: .shortAndLong, help: "Steps at once.") var jobs: Int?
  @Flag(name: .shortAndLong, help: "Go on with other steps after one failed.") var keepGoing = false
  @Flag(name: .shortAndLong, help: "Run every step again, and replace files of others in reports' folders.")
  var force = false
  @Flag(name: .long, help: "Try steps again that failed before.") var retryFailed = false
  @Flag(name: .long, help: "Compute nothing: show the last verdicts, and which are stale.") var frozen = false
  @OptionGroup var seeds: SeedOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder with the reports' folders.", valueName: "folder"))
  var output = "reports"
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    try PathArgument.check([
      ("--output", output), ("--json", json), ("--junit", junit), ("--summary", summary),
    ])
    if frozen, force { throw ValidationError("--frozen and --force exclude each other.") }
  }

  func run() async throws {
    let console = Console(talk: talk, isJSON: json == "-")
    try await Failure.handled(console) {
      let action = AuditAction(
        console: console, places: places, storePath: store.store, output: output, seed: seeds.seed,
        options: ExecutionOptions(
          workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, keepsGoing: keepGoing, isForced: force,
          retriesFailed: retryFailed),
        isFrozen: frozen, isStrict: strict, wanted: claim,
        files: AuditFiles(json: json, junit: junit, summary: summary, appendsStepSummary: githubStepSummary))
      try await action.run(files)
    }
  }
}

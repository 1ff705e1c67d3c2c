import ArgumentParser
import Foundation
import Pipeline

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Serve the report of an analysis on this machine, and keep it up to date.",
    discussion: """
      Carries the analysis out as `run` does, prints an address of 127.0.0.1, and runs again whenever the spec or a file that it reads \
      is another one. The page keeps the reader's place, and shows problems where they are above the last good report. Nothing outside \
      the report's folder is served, and nothing to other machines. A change while a run goes on stops it and begins anew; what has \
      ended is kept.

      Ctrl-C ends it, as do TERM, QUIT and HUP: with status 0, or 130 when a run was stopped by it. docs/preview.md says more.

      Examples:
        trainfree preview analyses/quickstart.yaml
        trainfree preview my-analysis.yaml --port 8080
      """)

  @Argument(help: "The analysis.") var analysis: String
  @Option(name: .long, help: "The port on 127.0.0.1; 0 for one that is free.") var port = 0
  @Option(name: .shortAndLong, help: "Steps at once.") var jobs: Int?
  @Flag(name: .shortAndLong, help: "Replace files of others in the report's folder.") var force = false
  @OptionGroup var seeds: SeedOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The report's folder.", valueName: "folder")) var output: String?
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @Flag(name: .long, help: "Print a line of JSON for the address and for each run.") var json = false
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard (0...Int(UInt16.max)).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    try PathArgument.check([("The analysis", analysis), ("--output", output)])
  }

  func run() async throws {
    let console = Console(talk: talk, isJSON: json)
    try await Failure.handled(console) {
      let action = PreviewAction(
        spec: analysis, places: places, seed: seeds.seed, storePath: store.store, output: output,
        options: ExecutionOptions(
          workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, keepsGoing: true),
        replacesOthers: force, port: UInt16(port), console: console)
      try await action.run()
    }
  }
}

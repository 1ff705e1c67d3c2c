import ArgumentParser
import Runner

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say which steps would run, and why.",
    discussion: """
      Examples:
        trainfree plan analyses/quickstart.yaml
        trainfree plan analyses/quickstart.yaml --exit-code   # status 5 when something is stale
      """)

  @Argument(help: "The analysis.") var analysis: String
  @Flag(name: .long, help: "Exit with status 5 when a step would run.") var exitCode = false
  @OptionGroup var seeds: SeedOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let session = try Session.open(analysis, places: places, seed: seeds.seed)
      try PlanAction(session: session, console: console, storePath: store.store).run(exitCode: exitCode)
    }
  }
}

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a step is made from and why it would run, field by field.",
    discussion: "Example: trainfree explain analyses/quickstart.yaml results")

  @Argument(help: "The analysis.") var analysis: String
  @Argument(help: "The step, as `plan` names it.") var step: String
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let session = try Session.open(analysis, places: places, seed: nil)
      try PlanAction(session: session, console: console, storePath: store.store).explain(step)
    }
  }
}

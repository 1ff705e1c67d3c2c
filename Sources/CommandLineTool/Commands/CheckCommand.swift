import ArgumentParser
import Diagnostics
import Documents
import Files
import Specs

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check analyses, or print the JSON Schema of analyses.",
    discussion: """
      Needs no data. Every problem is reported at once with its place.

      Examples:
        trainfree check analyses/quickstart.yaml
        trainfree check --schema > analysis.schema.json
      """)

  @Argument(help: "The analyses.") var analyses: [String] = []
  @Flag(name: .long, help: "Print the JSON Schema.") var schema = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    if analyses.isEmpty != schema { throw ValidationError("Name an analysis, or give --schema.") }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      if schema { return console.data(AnalysisSchema.jsonSchema()) }
      let home = try Home.find(places.home)
      var problems: [Diagnostic] = []
      var kind = FailureKind.badInput
      for analysis in analyses {
        do throws(DiagnosticsError) { _ = try Session.resolve(analysis, home: home) } catch {
          problems += error.diagnostics
          kind = error.kind
        }
      }
      guard problems.isEmpty else { throw DiagnosticsError(problems, kind: kind) }
      if console.isJSON {
        console.data(["diagnostics": []])
      } else {
        console.log("\(analyses.count) \(analyses.count == 1 ? "analysis" : "analyses"), no problems")
      }
    }
  }
}

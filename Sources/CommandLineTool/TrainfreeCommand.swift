import ArgumentParser
import Foundation

/// The command line.
package struct TrainfreeCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  package static let configuration = CommandConfiguration(
    commandName: "trainfree", abstract: "Are training-free architecture metrics worth anything? Reproducible answers.",
    discussion: """
      Exit status: \(ExitStatus.meanings.map { "\($0.status) \($0.meaning)" }.joined(separator: "; ")).

      Start with: trainfree rank scores.csv --target accuracy
      or:         trainfree init my-analysis.yaml && trainfree run my-analysis.yaml
      or:         trainfree init --recipe gru my-cell.json && trainfree measure my-cell.json
      Completions: trainfree --generate-completion-script bash
      """,
    version: Version.current,
    subcommands: [
      RankCommand.self, InitCommand.self, CheckCommand.self, PlanCommand.self, RunCommand.self, PreviewCommand.self,
      ExplainCommand.self, ReportCommand.self,
      AuditCommand.self, DiffCommand.self, ExportCommand.self, MeasureCommand.self, MetricsCommand.self,
      SearchCommand.self, DrawCommand.self,
      DataCommand.self, SiteCommand.self,
      StoreCommand.self, WorkCommand.self, DoctorCommand.self,
    ])

  package init() {}

  /// Carries out what the arguments say, and gives the exit status.
  ///
  /// - Parameter arguments: Without the program's name.
  package static func status(of arguments: [String]) async -> Int32 {
    Console.holdStandardStreams()
    MemoryRefusal.install()
    Interruption.shared.install()
    var code = ExitCode.success
    do {
      var command = try await asyncParseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        if code.isSuccess {
          Console.raw(message + "\n")
        } else {
          Console.write(VisibleText.lines(message) + "\n", to: STDERR_FILENO)
        }
      }
    }
    guard let loss = Console.loss else { return code.rawValue }
    Console.write("error: standard output cannot be written: \(loss)\n", to: STDERR_FILENO)
    return code.isSuccess ? ExitStatus.inputOutput.rawValue : code.rawValue
  }
}

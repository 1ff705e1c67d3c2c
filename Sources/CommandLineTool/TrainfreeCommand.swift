import ArgumentParser

/// The command line.
public struct TrainfreeCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "trainfree", abstract: "Are training-free architecture metrics worth anything? Reproducible answers.",
    discussion: """
      Exit status: 0 ok, 1 a step failed or folders differ, 3 a claim failed (audit), 4 a claim is not decided (audit
      --strict), 5 stale (plan --exit-code, run and audit --frozen), 64 usage, 65 bad spec or data, 66 input missing,
      70 internal, 130 interrupted.

      Start with: trainfree init my-analysis.yaml && trainfree run my-analysis.yaml
      or:         trainfree init --recipe gru my-cell.json && trainfree measure my-cell.json
      Completions: trainfree --generate-completion-script bash
      """,
    version: Version.current,
    subcommands: [
      InitCommand.self, CheckCommand.self, PlanCommand.self, RunCommand.self, ExplainCommand.self, ReportCommand.self,
      AuditCommand.self, DiffCommand.self, ExportCommand.self, MeasureCommand.self, MetricsCommand.self,
      DrawCommand.self,
      DataCommand.self,
      StoreCommand.self, DoctorCommand.self,
    ])

  /// Creates the command.
  public init() {}
}

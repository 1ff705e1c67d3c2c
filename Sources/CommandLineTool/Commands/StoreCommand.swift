import ArgumentParser
import Documents
import Store

struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look into the store, or take garbage out.", subcommands: [Info.self, Collect.self])

  struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what the store holds and whether it is sound.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let opened = try Store.open(store.store, mustExist: true)
        let (info, evaluations) = (try opened.info(), try opened.evaluationSummary())
        if console.isJSON {
          console.data(
            .object(
              info.rows.map { JSONMember(key: $0.table, value: .integer($0.count)) } + [
                JSONMember(key: "evaluations-damaged", value: .integer(evaluations.damaged)),
                JSONMember(key: "evaluation-seconds", value: .finite(evaluations.seconds)),
                JSONMember(key: "evaluation-peak-bytes", value: .integer(evaluations.peakBytes)),
                JSONMember(key: "artifact-bytes", value: .integer(info.artifactBytes)),
                JSONMember(key: "file-bytes", value: .integer(info.fileBytes)),
                JSONMember(key: "schema", value: .string(info.schema)),
                JSONMember(key: "check", value: .string(info.check)),
              ]))
        } else {
          let damaged =
            evaluations.damaged > 0 ? "; \(evaluations.damaged) damaged, measured again when needed" : ""
          for row in info.rows {
            let cost =
              row.table == "evaluations" && evaluations.count > 0
              ? " (\(Self.rounded(evaluations.seconds)) s of workers' time, at most \(Self.mebibytes(evaluations.peakBytes)) MiB each\(damaged))"
              : ""
            console.data("\(row.table): \(row.count)\(cost)\n")
          }
          console.data(
            "artifacts: \(info.artifactBytes) bytes, file: \(info.fileBytes) bytes\nschema: \(info.schema), check: \(info.check)\n"
          )
        }
      }
    }

    /// Rounded up.
    private static func mebibytes(_ bytes: Int) -> Int { bytes >> 20 + (bytes & 0xFFFFF == 0 ? 0 : 1) }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
  }

  struct Collect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Take away what no analysis' newest run used.")
    @Flag(name: .long, help: "Say what would go, and do nothing.") var dryRun = false
    @Flag(name: .long, help: "Take evaluations too whose configuration no current measurement has.")
    var evaluations = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let report = try Store.open(store.store, mustExist: true).collectGarbage(
          dryRun: dryRun, takesEvaluations: evaluations)
        if console.isJSON {
          console.data([
            "dry-run": .bool(dryRun), "steps": .integer(report.steps), "artifacts": .integer(report.artifacts),
            "bytes": .integer(report.bytes), "leases": .integer(report.leases),
            "evaluations": .integer(report.evaluations),
          ])
        } else {
          console.data(
            "\(dryRun ? "would take" : "took") away \(report.steps) steps, \(report.artifacts) artifacts (\(report.bytes) bytes), \(report.leases) leases\(evaluations ? ", \(report.evaluations) evaluations" : "")\n"
          )
        }
      }
    }
  }
}

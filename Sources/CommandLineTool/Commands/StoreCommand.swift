import ArgumentParser
import Documents
import Store

struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look into the store, merge others into it, or take garbage out.",
    subcommands: [Info.self, Verify.self, Merge.self, Collect.self])

  struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what the store holds and whether it is sound.")
    @Flag(name: .long, help: "Read every artifact, and say which is damaged; status 65 when one is.") var check = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let opened = try Store.openToRead(store.store)
        let damages = check ? try opened.damages() : nil
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
              ] + (damages.map { [JSONMember(key: "damaged", value: StoreVerification.json($0))] } ?? [])))
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
          if let damages { console.data(StoreVerification.text(damages)) }
        }
        if damages?.isEmpty == false || info.check != "ok" { throw ExitStatus.badInput }
      }
    }

    /// Bytes in MiB, rounded up.
    private static func mebibytes(_ bytes: Int) -> Int { bytes >> 20 + (bytes & 0xFFFFF == 0 ? 0 : 1) }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read every step and artifact, and say which are not as they were written.",
      discussion: "Exits with status 65 when one is damaged. The next run of the analysis makes it anew.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let opened = try Store.openToRead(store.store)
        let (info, damages, evaluations) = (try opened.info(), try opened.damages(), try opened.evaluationSummary())
        if console.isJSON {
          console.data([
            "check": .string(info.check), "damaged": StoreVerification.json(damages),
            "evaluations-damaged": .integer(evaluations.damaged),
          ])
        } else {
          console.data("database: \(info.check)\n" + StoreVerification.text(damages))
          if evaluations.damaged > 0 {
            console.data("evaluations: \(evaluations.damaged) damaged, measured again when needed\n")
          }
        }
        if !damages.isEmpty || evaluations.damaged > 0 || info.check != "ok" { throw ExitStatus.badInput }
      }
    }
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
        let opened = dryRun ? try Store.openToRead(store.store) : try Store.open(store.store, mustExist: true)
        let report = try opened.collectGarbage(
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

/// The damage in a store, for people and programs.
enum StoreVerification {
  static func text(_ damages: [StoreDamage]) -> String {
    guard !damages.isEmpty else { return "steps and artifacts: ok\n" }
    let lines = damages.map { damage in
      let uses = damage.uses.isEmpty ? "nothing refers to it" : damage.uses.joined(separator: "; ")
      return "\(damage.kind.rawValue) \(damage.digest.prefix(12)) is damaged: \(damage.reason) [\(uses)]\n"
    }
    return lines.joined() + "the next `trainfree run` makes what it needs of these anew\n"
  }

  static func json(_ damages: [StoreDamage]) -> JSONValue {
    .array(
      damages.map {
        [
          "kind": .string($0.kind.rawValue), "digest": .string($0.digest), "reason": .string($0.reason),
          "uses": .array($0.uses.map { .string($0) }),
        ]
      })
  }
}

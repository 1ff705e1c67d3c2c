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
        let info = try Store.open(store.store, mustExist: true).info()
        if console.isJSON {
          console.data(
            .object(
              info.rows.map { JSONMember(key: $0.table, value: .integer($0.count)) } + [
                JSONMember(key: "artifact-bytes", value: .integer(info.artifactBytes)),
                JSONMember(key: "file-bytes", value: .integer(info.fileBytes)),
                JSONMember(key: "schema", value: .string(info.schema)),
                JSONMember(key: "check", value: .string(info.check)),
              ]))
        } else {
          for row in info.rows { console.data("\(row.table): \(row.count)\n") }
          console.data(
            "artifacts: \(info.artifactBytes) bytes, file: \(info.fileBytes) bytes\nschema: \(info.schema), check: \(info.check)\n"
          )
        }
      }
    }
  }

  struct Collect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Take away what no analysis' newest run used.")
    @Flag(name: .long, help: "Say what would go, and do nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let report = try Store.open(store.store, mustExist: true).collectGarbage(dryRun: dryRun)
        if console.isJSON {
          console.data([
            "dry-run": .bool(dryRun), "steps": .integer(report.steps), "artifacts": .integer(report.artifacts),
            "bytes": .integer(report.bytes), "leases": .integer(report.leases),
          ])
        } else {
          console.data(
            "\(dryRun ? "would take" : "took") away \(report.steps) steps, \(report.artifacts) artifacts (\(report.bytes) bytes), \(report.leases) leases\n"
          )
        }
      }
    }
  }
}

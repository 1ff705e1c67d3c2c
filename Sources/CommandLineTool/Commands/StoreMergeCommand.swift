import ArgumentParser
import Documents
import Store

extension StoreCommand {
  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the evaluations of other stores over.",
      discussion: """
        The other stores are only read (one of an older version is brought up to date); the store that is merged into is made \
        when it is not there. Evaluations that are there already stay, damaged ones are left out and counted. Of a store that \
        gives another outcome for the same key nothing is taken, and the status is 70: the two were not measured with the same \
        program. Keys hold the version of the engine, so that nothing that another version measured is ever used. Steps are not \
        taken over: `trainfree run` computes them anew and measures nothing.

        Example:
          trainfree run analysis.yaml --shard 1/2 --store one.sqlite
          trainfree run analysis.yaml --shard 2/2 --store two.sqlite
          trainfree store merge one.sqlite two.sqlite
          trainfree run analysis.yaml
        """)
    @Argument(help: "Stores whose evaluations are taken over.") var others: [String]
    @OptionGroup var store: StoreOptions
    @OptionGroup var out: OutputOptions

    func validate() throws { try PathArgument.check(others.map { ("the name of a store", $0) }) }

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        // A name that is wrong is found before anything is made or changed.
        let sources = try others.map { (path: $0, store: try Store.openToRead($0)) }
        let own = try Store.open(store.store)
        var reports: [(path: String, report: MergeReport)] = []
        for source in sources {
          let report = try own.merge(source.store)
          reports.append((source.path, report))
          if !console.isJSON { console.data(Self.text(source.path, report)) }
        }
        if console.isJSON {
          console.data(["store": .string(store.store), "merged": .array(reports.map { Self.json($0.path, $0.report) })])
        }
        let conflicts = reports.filter { !$0.report.conflicts.isEmpty }
        for (path, report) in conflicts {
          console.error(
            "\(path): \(report.conflicts.count) evaluations have another outcome in \(store.store), the first "
              + "\(report.conflicts[0].prefix(12)); nothing was taken from it. Measure both with the same program")
        }
        if !conflicts.isEmpty { throw ExitStatus.inner }
      }
    }

    private static func text(_ path: String, _ report: MergeReport) -> String {
      let damaged = report.damaged > 0 ? ", \(report.damaged) damaged and left out" : ""
      return "\(path): \(report.new) evaluations taken over, \(report.known) there already\(damaged)\n"
    }

    private static func json(_ path: String, _ report: MergeReport) -> JSONValue {
      [
        "path": .string(path), "new": .integer(report.new), "known": .integer(report.known),
        "damaged": .integer(report.damaged), "conflicts": .integer(report.conflicts.count),
      ]
    }
  }
}

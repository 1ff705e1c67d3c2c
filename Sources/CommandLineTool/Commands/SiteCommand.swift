import ArgumentParser
import Diagnostics
import Documents
import Files
import Foundation
import Reports
import Runner
import Site

struct SiteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Make a static site of report folders that are already written.",
    discussion: """
      Nothing is computed. The site has a front page, every claim, a page for each metric, the data with licences, the documentation, \
      and each report at an address of its own and at one that stays; docs/site.md describes it.

      Examples:
        trainfree site reports --out site --base-url https://example.org/audits/
        trainfree site reports --out site --base-url https://example.org/audits/ --since earlier-site
      """)
  @Argument(help: "The folder that the reports' folders are in.") var reports: String
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The site's folder.", valueName: "folder")) var out:
    String
  @Option(name: .long, help: ArgumentHelp("The address that the site will have.", valueName: "address"))
  var baseUrl: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      "An earlier site, or a folder of earlier reports: what changed since, and which editions stay.",
      valueName: "folder"))
  var since: String?
  @Option(name: .long, help: "The question at the top of the front page.")
  var title = "Can you rank a network before you train it?"
  @Option(name: .long, help: "The sentence below it.")
  var lead =
    "Training-free metrics promise to. These reports recompute what papers claim, with intervals, and against the cheapest rival there is: a look at the network's size."
  @Option(
    name: .long, help: ArgumentHelp("The figure of the front page, as in audit-lpzero/survivors.", valueName: "figure"))
  var hero: String?
  @Option(name: .long, help: "Who answers for the reports; may be repeated.") var author: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("The address of the repository, for links to files.", valueName: "address"))
  var repository: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The day of the site (also: SOURCE_DATE_EPOCH); today when left out.", valueName: "yyyy-mm-dd"))
  var date: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder with data/catalog.yaml, templates/ and docs/ (also: TRAINFREE_HOME).", valueName: "folder"))
  var home: String?
  @Flag(name: .shortAndLong, help: "Replace files of others in the site's folder.") var force = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try PathArgument.check([
      ("The folder of reports", reports), ("--out", out), ("--since", since), ("--home", home),
    ])
    if let date, !SiteDate.isDay(date) { throw ValidationError("--date must be a day such as 2026-11-29.") }
    for (name, text) in [("--title", title), ("--lead", lead)] where text.utf8.count > 1000 {
      throw ValidationError("\(name) must have at most 1000 bytes.")
    }
    if title.isEmpty { throw ValidationError("--title must not be empty.") }
    if author.contains(where: { $0.isEmpty || $0.utf8.count > 200 }) || author.count > 100 {
      throw ValidationError("--author must be a name of at most 200 bytes.")
    }
  }

  func run() async throws {
    let console = output.console
    try await Failure.handled(console) {
      let made = try SiteAction(self, day: try day()).run()
      console.warn(made.warnings)
      if console.isJSON {
        console.data([
          "site": .string(out), "reports": .array(made.reports.map { .string($0) }), "files": .integer(made.files),
          "bytes": .integer(made.bytes), "written": .integer(made.written), "changes": .integer(made.changes),
        ])
      } else {
        console.data("site: \(out)/index.html\n")
        console.log("\(made.reports.count) reports, \(made.files) files, \(made.written) of them new or changed")
      }
    }
  }

  /// The day of the option, of the environment, or today in Greenwich.
  private func day() throws -> String {
    if let date { return date }
    let epoch = Environment.value("SOURCE_DATE_EPOCH")
    guard let day = SiteDate.day(ofSeconds: epoch.map { Int($0) ?? -1 } ?? Int(Date().timeIntervalSince1970)) else {
      throw ValidationError("SOURCE_DATE_EPOCH must be a number of seconds since 1970.")
    }
    return day
  }
}

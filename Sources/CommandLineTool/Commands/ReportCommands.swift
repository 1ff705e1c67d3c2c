import ArgumentParser
import Diagnostics
import Documents
import Files
import Pipeline
import Reports
import Runner
import Sections
import Store

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of the last run from the store, computing nothing.",
    discussion: "Example: trainfree report analyses/quickstart.yaml -o /srv/www/quickstart")
  @Argument(help: "The analysis.") var analysis: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The report's folder.", valueName: "folder")) var output: String?
  @Flag(name: .shortAndLong, help: "Replace files of others in the report's folder.") var force = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws { try PathArgument.check([("--output", output)]) }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let session = try Session.open(analysis, places: places, seed: nil)
      let store = try Store.openToRead(self.store.store)
      let id = session.resolved.analysis.id.value
      guard let record = try store.latestStep(analysis: id, name: "report"), record.output != nil else {
        throw DiagnosticsError(
          [
            Diagnostic(
              id: "no-report", message: "the store has no report of \(id)", fix: "`trainfree run \(analysis)` makes it")
          ],
          kind: .missingInput)
      }
      let folder = output ?? "reports/\(id)"
      let written = try Interruption.shared.shielded {
        try ReportPublisher.publish(record, store: store, folder: folder, replacesOthers: force)
      }
      let statuses = try Planner(store: store, analysis: id).statuses(of: session.plan)
      let stale = statuses.contains { if case .current = $0.status { false } else { true } }
      if console.isJSON {
        console.data(["report": .string(folder), "written": .integer(written), "stale": .bool(stale)])
      } else {
        console.data("report: \(folder)/index.html\n")
        if stale {
          console.log("the analysis has changed since this report was made; `trainfree run \(analysis)` renews it")
        }
      }
    }
  }
}

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print a table of a report as CSV, JSON, LaTeX or Markdown, or its values as JSON.",
    discussion: """
      Examples:
        trainfree export reports/quickstart metrics --format latex
        trainfree export reports/quickstart            # lists the tables
        trainfree export reports/quickstart --value metrics.parameters.kendall-tau-b

      Characters that could steer a terminal are shown as \\u{…}; the files under the report's tables/ hold them.
      """)
  @Argument(help: "The report's folder.") var report: String
  @Argument(help: "The table; the list of tables when left out.") var table: String?
  @Option(name: .long, help: "csv, json, latex or markdown.") var format = "csv"
  @Option(
    name: .long, help: ArgumentHelp("Print the value at this path of the results; may be repeated.", valueName: "path"))
  var value: [String] = []
  @OptionGroup var out: OutputOptions

  func validate() throws {
    if TableExport.Format(rawValue: format) == nil {
      throw ValidationError("--format must be csv, json, latex or markdown.")
    }
    try PathArgument.check([("The report's folder", report)])
    if table != nil, !value.isEmpty { throw ValidationError("Name a table or give --value, not both.") }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      if !value.isEmpty { return try showValues(console) }
      let names = FileSystem.names(in: "\(report)/tables").filter { $0.hasSuffix(".json") }.map {
        String($0.dropLast(5))
      }
      guard !names.isEmpty else {
        throw DiagnosticsError(
          [
            Diagnostic(
              id: "no-report", message: "\(report) holds no tables", fix: "name a folder that `trainfree run` wrote")
          ], kind: .missingInput)
      }
      guard let table else {
        if console.isJSON { return console.data(["tables": .array(names.map { .string($0) })]) }
        return console.data(names.map { $0 + "\n" }.joined())
      }
      guard names.contains(table) else {
        throw DiagnosticsError([
          Diagnostic(
            id: "unknown-table", message: "there is no table \(table)",
            fix: Suggestion.closest(to: table, in: names).map { "did you mean \($0)?" }
              ?? "there are: \(names.joined(separator: ", "))")
        ])
      }
      switch TableExport.Format(rawValue: format) ?? .csv {
      case .csv: try show(console, "\(table).csv")
      case .json: try show(console, "\(table).json")
      case .latex: try show(console, "\(table).tex")
      case .markdown: console.data(TableExport.text(try ResultFolder(report).table(table), .markdown))
      }
    }
  }

  private func showValues(_ console: Console) throws {
    let results = try ResultFolder(report).json("results.json")
    for path in value {
      do throws(ValueFailure) { console.data(try ValuePath.resolved(path, in: results)) } catch {
        throw DiagnosticsError([
          Diagnostic(id: "unknown-value", message: error.words, fix: "`\(report)/results.json` has them all")
        ])
      }
    }
  }

  private func show(_ console: Console, _ name: String) throws {
    let text = String(decoding: try InputFile.read("\(report)/tables/\(name)"), as: UTF8.self)
    if name.hasSuffix(".json") { console.json(text) } else { Console.raw(VisibleText.table(text)) }
  }
}

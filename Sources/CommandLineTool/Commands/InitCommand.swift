import ArgumentParser
import Diagnostics
import Documents
import Files

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a small analysis with comments, also of a file of your own, or an example of an architecture.",
    discussion: """
      --from writes the analysis that `trainfree rank` runs, with what was found out about the file.

      Examples:
        trainfree init --from scores.csv --target accuracy && trainfree run scores.yaml
        trainfree init my-analysis.yaml && trainfree run my-analysis.yaml
        trainfree init --recipe gru my-cell.json && trainfree measure my-cell.json
        trainfree init --recipe encoder my-encoder.json && trainfree measure my-encoder.json
      """)
  @Argument(help: ArgumentHelp("The file to write; analysis.yaml, or the example's name, when left out."))
  var file: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Write this example: gru, lstm, encoder, gpt-2 or transformer-xl.", valueName: "name"))
  var recipe: String?
  @Option(name: .long, help: ArgumentHelp("Write an analysis of this table of scores.", valueName: "file"))
  var from: String?
  @OptionGroup(title: "With --from") var options: OwnFileOptions
  @Flag(name: .long, help: "Replace a file that is there.") var force = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    try PathArgument.check([("The file to write", file), ("--from", from)])
    if from != nil, recipe != nil { throw ValidationError("--from and --recipe exclude each other.") }
    if from == nil, let name = options.given.first { throw ValidationError("\(name) belongs to --from.") }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      if let from { return try writeOwn(from, console) }
      let home = try Home.find(places.home)
      let example = try recipe.map { name throws(DiagnosticsError) in try Self.example(name, home) }
      let file = file ?? example.map { FileSystem.name(of: $0) } ?? "analysis.yaml"
      try checkFree(file)
      try FileSystem.write(example.map { try InputFile.read($0) } ?? Self.analysis(file, home), to: file)
      if console.isJSON {
        console.data(["file": .string(file)])
      } else {
        console.data("wrote \(file); next: trainfree \(recipe == nil ? "run" : "measure") \(file)\n")
      }
    }
  }

  /// Writes an analysis of a file of the user's own.
  private func writeOwn(_ from: String, _ console: Console) throws {
    let data = try OwnFile(from, options: options)
    let columns = try RankedColumns(data.own, options: options, takesOnlyTarget: true)
    let file = file ?? FileSystem.name(of: RankSpec(data, columns, options).path)
    try checkFree(file)
    let spec = RankSpec(data, columns, options, path: file)
    try FileSystem.write(Array(spec.text.utf8), to: file)
    if console.isJSON { return console.data(["file": .string(file)]) }
    if !console.isQuiet { for note in columns.notes { console.log("note: \(note)") } }
    console.data("wrote \(file); next: trainfree run \(spec.command)\n")
  }

  private func checkFree(_ file: String) throws(DiagnosticsError) {
    guard !force, FileSystem.exists(file) else { return }
    throw DiagnosticsError([
      Diagnostic(id: "file-exists", message: "\(file) is there already", fix: "name another file, or give --force")
    ])
  }

  /// The template of an analysis, with the file's name as its id.
  private static func analysis(_ file: String, _ home: Home) throws(DiagnosticsError) -> [UInt8] {
    let template = String(decoding: try InputFile.read("\(home.folder)/templates/analysis.yaml"), as: UTF8.self)
    let name = FileSystem.name(of: file).split(separator: ".").first.map { $0.lowercased() } ?? "analysis"
    let id = KebabCase.isName(name) ? name : "analysis"
    return Array(template.split(separator: "ANALYSIS-ID", omittingEmptySubsequences: false).joined(separator: id).utf8)
  }

  /// The file of an architecture that comes with the tool.
  private static func example(_ name: String, _ home: Home) throws(DiagnosticsError) -> String {
    let files = ["recipes", "records"].flatMap { folder in
      FileSystem.names(in: "\(home.folder)/data/\(folder)").map { "\(home.folder)/data/\(folder)/\($0)" }
    }
    let known = files.map { file in
      let name = FileSystem.name(of: file)
      return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
    guard let index = known.firstIndex(of: name) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-recipe", message: "there is no example \(name)",
          fix: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" }
            ?? Suggestion.listing(known).map { "there are: \($0)" })
      ])
    }
    return files[index]
  }
}

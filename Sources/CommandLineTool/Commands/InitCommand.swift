import ArgumentParser
import Diagnostics
import Documents
import Files

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a small analysis with comments, or an example recipe.",
    discussion: """
      Examples:
        trainfree init my-analysis.yaml && trainfree run my-analysis.yaml
        trainfree init --recipe gru my-cell.json && trainfree measure my-cell.json
      """)
  @Argument(help: ArgumentHelp("The file to write; analysis.yaml, or the recipe's name with .json, when left out."))
  var file: String?
  @Option(name: .long, help: ArgumentHelp("Write this example recipe: gru or lstm.", valueName: "name"))
  var recipe: String?
  @Flag(name: .long, help: "Replace a file that is there.") var force = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws { try PathArgument.check([("The file to write", file)]) }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let file = file ?? recipe.map { "\($0).json" } ?? "analysis.yaml"
      guard force || !FileSystem.exists(file) else {
        throw DiagnosticsError([
          Diagnostic(id: "file-exists", message: "\(file) is there already", fix: "name another file, or give --force")
        ])
      }
      let home = try Home.find(places.home)
      try FileSystem.write(recipe.map { try Self.example($0, home) } ?? Self.analysis(file, home), to: file)
      if console.isJSON {
        console.data(["file": .string(file)])
      } else {
        console.data("wrote \(file); next: trainfree \(recipe == nil ? "run" : "measure") \(file)\n")
      }
    }
  }

  /// The template of an analysis, with the file's name as its id.
  private static func analysis(_ file: String, _ home: Home) throws(DiagnosticsError) -> [UInt8] {
    let template = String(decoding: try InputFile.read("\(home.folder)/templates/analysis.yaml"), as: UTF8.self)
    let name = FileSystem.name(of: file).split(separator: ".").first.map { $0.lowercased() } ?? "analysis"
    let id = KebabCase.isName(name) ? name : "analysis"
    return Array(template.split(separator: "ANALYSIS-ID", omittingEmptySubsequences: false).joined(separator: id).utf8)
  }

  /// A recipe that comes with the tool.
  private static func example(_ name: String, _ home: Home) throws(DiagnosticsError) -> [UInt8] {
    let folder = "\(home.folder)/data/recipes"
    let known = FileSystem.names(in: folder).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    guard known.contains(name) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-recipe", message: "there is no example recipe \(name)",
          fix: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" }
            ?? Suggestion.listing(known).map { "there are: \($0)" })
      ])
    }
    return try InputFile.read("\(folder)/\(name).json")
  }
}

import ArgumentParser
import Diagnostics
import Documents
import Files

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a small analysis with comments, ready to run.",
    discussion: "Example: trainfree init my-analysis.yaml && trainfree run my-analysis.yaml")
  @Argument(help: "The file to write.") var file = "analysis.yaml"
  @Flag(name: .long, help: "Replace a file that is there.") var force = false
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      guard force || !FileSystem.exists(file) else {
        throw DiagnosticsError([
          Diagnostic(id: "file-exists", message: "\(file) is there already", fix: "name another file, or give --force")
        ])
      }
      let home = try Home.find(places.home)
      let template = String(decoding: try InputFile.read("\(home.folder)/templates/analysis.yaml"), as: UTF8.self)
      let name = FileSystem.name(of: file).split(separator: ".").first.map { $0.lowercased() } ?? "analysis"
      let id = KebabCase.isName(name) ? name : "analysis"
      let text = template.split(separator: "ANALYSIS-ID", omittingEmptySubsequences: false).joined(separator: id)
      try FileSystem.write(Array(text.utf8), to: file)
      if console.isJSON {
        console.data(["file": .string(file)])
      } else {
        console.data("wrote \(file); next: trainfree run \(file)\n")
      }
    }
  }
}

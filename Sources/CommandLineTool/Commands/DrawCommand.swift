import ArgumentParser
import Diagnostics
import Files

struct DrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a recurrent cell.",
    discussion: """
      The file's ending decides the format: .svg, .pdf, .png, or .dot for Graphviz. A cell that is wider than a page's text
      or higher than 9,000 points is drawn smaller; an image has 300 dots per inch, or as many as 32,000 pixels a side allow.

      Example: trainfree draw my-cell.json my-cell.svg
      """)
  @Argument(help: "A file with a recipe, or a NAS-Bench-NLP log; - for standard input.") var recipe: String
  @Argument(help: "The file to write.") var file: String
  @Flag(name: .shortAndLong, help: "Replace the file.") var force = false
  @OptionGroup var out: OutputOptions

  func validate() throws {
    try PathArgument.check([("The recipe's file", recipe), ("The file to write", file)])
    if DrawAction.Format(file: file) == nil {
      throw ValidationError("\(file) must end in .svg, .pdf, .png or .dot.")
    }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      guard let format = DrawAction.Format(file: file) else { throw ExitStatus.inner }
      guard force || !FileSystem.exists(file) else {
        throw DiagnosticsError([
          Diagnostic(id: "file-exists", message: "\(file) is there already", fix: "give another name, or --force")
        ])
      }
      let notes = try DrawAction(recipe: recipe, file: file, format: format).run()
      for note in notes { console.log("warning: \(note)") }
      if console.isJSON { console.data(["file": .string(file)]) } else { console.log("wrote \(file)") }
    }
  }
}

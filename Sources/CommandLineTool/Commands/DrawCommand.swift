import ArgumentParser
import Diagnostics
import Files
import SearchSpaces

struct DrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a recurrent cell, an encoder or a decoder.",
    discussion: """
      The file's ending decides the format: .svg, .pdf, .png, or .dot for Graphviz. What is wider than a page's text or higher
      than 9,000 points is drawn smaller; an image has 300 dots per inch, or as many as 32,000 pixels a side allow.

      The kind is recognised from the content: a record with hidden_size and encoder_layers is an encoder, a configuration with
      n_layer, d_model and the like a decoder, GPT-2 or Transformer-XL by its vocabulary or its kind, anything else a recurrent cell.

      Examples:
        trainfree draw my-cell.json my-cell.svg
        trainfree draw record.json -o encoder.png --variant as-trained
        trainfree draw model_config.yaml -o decoder.svg --kind gpt-2
      """)
  @Argument(
    help:
      "A file with a recipe, a NAS-Bench-NLP log, an encoder record or a decoder configuration; - for standard input.")
  var architecture: String
  @Argument(help: "The file to write.") var file: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write, named by an option.", valueName: "file"))
  var output: String?
  @Option(name: .long, help: "What the file describes; recognised when left out.") var kind: ArchitectureKind?
  @Option(name: .long, help: "The network of an encoder record that is drawn.") var variant = EncoderVariant.declared
  @Flag(name: .shortAndLong, help: "Replace the file.") var force = false
  @OptionGroup var out: OutputOptions

  /// The file to write; nil when none is named, or two.
  private var target: String? { (file == nil) == (output == nil) ? nil : file ?? output }

  func validate() throws {
    try PathArgument.check([
      ("The architecture's file", architecture), ("The file to write", file), ("--output", output),
    ])
    guard let target else {
      throw ValidationError("Name the file to write, once: after the architecture's file, or with --output.")
    }
    if DrawAction.Format(file: target) == nil {
      throw ValidationError("\(target) must end in .svg, .pdf, .png or .dot.")
    }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      guard let target, let format = DrawAction.Format(file: target) else { throw ExitStatus.inner }
      guard force || !FileSystem.exists(target) else {
        throw DiagnosticsError([
          Diagnostic(id: "file-exists", message: "\(target) is there already", fix: "give another name, or --force")
        ])
      }
      let action = DrawAction(source: architecture, file: target, format: format, kind: kind, variant: variant)
      for note in try action.run() { console.log("warning: \(note)") }
      if console.isJSON { console.data(["file": .string(target)]) } else { console.log("wrote \(target)") }
    }
  }
}

extension ArchitectureKind: ExpressibleByArgument {}
extension EncoderVariant: ExpressibleByArgument {}

import CairoRendering
import Diagnostics
import Figures
import Files
import SearchSpaces

/// Draws a recipe into a file.
struct DrawAction {
  /// The format of the file that is written.
  enum Format {
    /// A figure.
    case figure(FigureFormat)
    /// The text that Graphviz reads.
    case graphviz

    /// The format that a file's ending stands for; nil for another.
    init?(file: String) {
      let ending = file.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
      if ending == "dot" {
        self = .graphviz
      } else if let format = FigureFormat(rawValue: ending) {
        self = .figure(format)
      } else {
        return nil
      }
    }
  }

  let recipe: String
  let file: String
  let format: Format

  /// Draws and writes.
  ///
  /// - Returns: Notes for the user: that the image is coarser, that signs are missing.
  func run() throws -> [String] {
    let recipes = try RecipeFiles.read([recipe]).recipes
    guard recipes.count == 1, let named = recipes.first else {
      throw DiagnosticsError([
        Diagnostic(
          id: "several-recipes", message: "\(recipe) holds \(recipes.count) recipes",
          fix: "write one to a file of its own")
      ])
    }
    switch format {
    case .graphviz:
      try FileSystem.write(Array(named.recipe.graphviz.utf8), to: file)
      return []
    case .figure(let format):
      let renderer = try CairoRenderer()
      let list = FigureLayout(measure: renderer).displayList(Self.figure(named.recipe, measure: renderer))
      try FileSystem.write(try renderer.render(list, format: format, theme: .light), to: file)
      return Self.notes(list, format, missing: renderer.missingSigns(in: list))
    }
  }

  private static func notes(_ list: DisplayList, _ format: FigureFormat, missing: [String]) -> [String] {
    var notes: [String] = []
    let resolution = CairoRenderer.resolution(width: list.width, height: list.height)
    if format == .png, resolution < 300 {
      notes.append(
        "the image has \(NumberText.fixed(resolution, decimals: 0)) dots per inch instead of 300: an image has at most "
          + "32,000 pixels a side and 64 million in all; an .svg or .pdf file has no such limit")
    }
    if let text = MissingSigns.text(missing) { notes.append(text) }
    return notes
  }

  /// The figure of a cell, as wide as a page's text.
  private static func figure(_ recipe: Recipe, measure: any TextMeasure) -> ResolvedFigure {
    let drawing = recipe.drawing
    let nodes = drawing.nodes.map { node in
      CellGraph.Node(
        label: node.operation?.shortName ?? node.name, detail: node.operation == nil ? "" : node.name,
        kind: kind(node.operation), isResult: node.isState)
    }
    let edges = drawing.edges.map { CellGraph.Edge(from: $0.from, to: $0.to, label: $0.label) }
    return CellGraph.figure(nodes, edges: edges, title: "Recurrent cell", width: 6.8 * 72, measure: measure)
  }

  private static func kind(_ operation: RecipeOperation?) -> CellGraph.Kind {
    guard let operation else { return .input }
    if operation == .linear { return .weighted }
    return operation.isActivation ? .activation : .combination
  }
}

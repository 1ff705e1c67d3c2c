import CairoRendering
import Diagnostics
import Figures
import Files
import SearchSpaces

/// Draws an architecture into a file.
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

  let source: String
  let file: String
  let format: Format
  /// The kind of architecture; recognised from the content when nil.
  let kind: ArchitectureKind?
  /// The network of an encoder record that is drawn.
  let variant: EncoderVariant

  /// Draws and writes.
  ///
  /// - Returns: Notes for the user: that the image is coarser, that signs are missing.
  func run() throws -> [String] {
    let records = try RecordFiles.read([source], kind: kind).records
    guard records.count == 1, let record = records.first?.record else {
      throw DiagnosticsError([
        Diagnostic(
          id: "several-recipes", message: "\(source) holds \(records.count) architectures",
          fix: "write one to a file of its own")
      ])
    }
    if case .encoder(let encoder) = record, let obstacle = encoder.obstacle(to: variant) {
      throw DiagnosticsError([
        Diagnostic(id: "no-such-network", message: obstacle.text, fix: "draw another variant")
      ])
    }
    switch format {
    case .graphviz:
      try FileSystem.write(Array(graphviz(record).utf8), to: file)
      return []
    case .figure(let format):
      let renderer = try CairoRenderer()
      let list = FigureLayout(measure: renderer).displayList(figure(record, measure: renderer))
      try FileSystem.write(try renderer.render(list, format: format, theme: .light), to: file)
      return Self.notes(list, format, missing: renderer.missingSigns(in: list))
    }
  }

  private func graphviz(_ record: ArchitectureRecord) -> String {
    switch record {
    case .recurrentCell(let recipe): recipe.graphviz
    case .encoder(let encoder): LayerStack.graphviz(LayerStack.blocks(encoder, variant))
    case .decoder(let configuration): LayerStack.graphviz(LayerStack.blocks(configuration))
    }
  }

  /// The width of a page's text.
  private static let width = 6.8 * 72

  private func figure(_ record: ArchitectureRecord, measure: any TextMeasure) -> ResolvedFigure {
    switch record {
    case .recurrentCell(let recipe): return Self.figure(recipe, measure: measure)
    case .encoder(let encoder):
      let network = variant == .asTrained ? "as trained" : "as \(variant.rawValue)"
      let parameters = NumberText.grouped(encoder.parameterCount(variant))
      return LayerStack.figure(
        LayerStack.blocks(encoder, variant), headline: "Encoder of \(Self.layers(encoder.layers.count))",
        lead: "network \(network), hidden size \(encoder.hiddenSize(variant)), \(parameters) parameters",
        width: Self.width, measure: measure)
    case .decoder(let configuration):
      let name = configuration.kind == .gpt2 ? "GPT-2" : "Transformer-XL"
      let parameters = NumberText.grouped(configuration.parameterCounts.total)
      return LayerStack.figure(
        LayerStack.blocks(configuration), headline: "\(name) of \(Self.layers(configuration.layers.count))",
        lead: "model width \(configuration.width), \(parameters) parameters", width: Self.width, measure: measure)
    }
  }

  private static func layers(_ count: Int) -> String { count == 1 ? "1 layer" : "\(count) layers" }

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
    return CellGraph.figure(nodes, edges: edges, title: "Recurrent cell", width: width, measure: measure)
  }

  private static func kind(_ operation: RecipeOperation?) -> CellGraph.Kind {
    guard let operation else { return .input }
    if operation == .linear { return .weighted }
    return operation.isActivation ? .activation : .combination
  }
}

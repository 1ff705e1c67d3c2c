import Documents
import Figures
import Specs

/// Draws a figure: its description, size, tooltips and data as JSON, its files as artifacts.
struct FigureStep: SynchronousStep {
  let figure: FigureSpec
  let resolved: ResolvedAnalysis
  let renderer: any FigureRenderer
  let kind = StepKind.figure

  var name: String { "figure/\(figure.name.value)" }

  /// The files: artifact name, format, theme.
  static let files: [(name: String, format: FigureFormat, theme: FigureTheme)] = [
    ("svg", .svg, .light), ("dark-svg", .svg, .dark), ("pdf", .pdf, .light), ("png", .png, .light),
  ]

  var parameters: JSONValue {
    return .record([
      "renderer": .string(renderer.version), "kind": .string(figure.kind.rawValue), "name": .string(figure.name.value),
      "from": .string(figure.from.value), "columns": .array(figure.columns.map { .string($0.value) }),
      "per-row": figure.perRow.map { .integer($0) } ?? .null, "width": .number(figure.width.points),
      "x": figure.x.map { .string($0.value) } ?? .null, "y": figure.y.map { .string($0.value) } ?? .null,
      "group-by": figure.groupBy.map { .string($0.value) } ?? .null,
      "coefficient": .string((figure.coefficient ?? .kendallTauB).rawValue),
      "reversed": figure.reversed.map { .bool($0) } ?? .null,
      "logarithmic": .array(figure.logarithmic.map(\.rawValue).sorted().map { .string($0) }),
      "large-samples": .string(figure.largeSamples.rawValue),
      "part": resolved.part(figure.from.value)?.presentation ?? .null,
      "title": .string(FigureSource(figure, resolved).title),
    ])
  }

  var inputs: [StepInput] {
    if let part = resolved.part(figure.from.value) { return part.figureInputs(figure) }
    return [StepInput("table", from: "table/\(figure.from.value)")]
  }

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    let drawn = try FigureSource(figure, resolved).figure(inputs)
    let list = FigureLayout(measure: renderer).displayList(drawn)
    var artifacts: [StepArtifact] = []
    for file in Self.files {
      do throws(FigureRenderingError) {
        let bytes = try renderer.render(list, format: file.format, theme: file.theme)
        artifacts.append(StepArtifact(file.name, mediaType: Self.mediaType(file.format), bytes: bytes))
      } catch {
        throw StepFailure("the figure cannot be drawn: \(error)")
      }
    }
    let tooltips = list.tooltips.map { tip -> JSONValue in
      ["x": .number(tip.center.x), "y": .number(tip.center.y), "r": .number(tip.radius), "text": .string(tip.text)]
    }
    return .json(
      [
        "title": .string(drawn.title), "description": .string(list.description), "width": .number(list.width),
        "height": .number(list.height), "tooltips": .array(tooltips),
        "missing-signs": .array(renderer.missingSigns(in: list).map { .string($0) }),
        "columns": .array(drawn.data.columns.map { .string($0) }),
        "rows": .array(drawn.data.rows.map { .array($0.map(Self.json)) }),
      ], artifacts: artifacts)
  }

  private static func json(_ value: FigureData.Value) -> JSONValue {
    switch value {
    case .text(let text): .string(text)
    case .number(let number): .finite(number)
    case .none: .null
    }
  }

  private static func mediaType(_ format: FigureFormat) -> String {
    switch format {
    case .svg: "image/svg+xml"
    case .pdf: "application/pdf"
    case .png: "image/png"
    }
  }
}

extension FigureWidth {
  /// The width in points.
  var points: Double {
    switch self {
    case .column: 3.3 * 72
    case .text: 6.8 * 72
    case .icmlColumn: 3.25 * 72
    case .icmlText: 6.75 * 72
    case .neurips: 5.5 * 72
    case .jmlr: 6 * 72
    }
  }
}

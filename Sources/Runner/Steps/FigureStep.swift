import Documents
import Figures
import Outcomes
import Pipeline
import Sections
import Specs
import Tables

/// The texts, size, tooltips and data of a figure, which the report shows beside its files.
struct FigureRecord: Codable, Sendable, Equatable {
  /// A text that is shown over a place of the figure.
  struct Tip: Codable, Sendable, Equatable {
    /// The centre of the place and its radius, in points.
    var x, y, r: Double
    var text: String
    /// The metric or baseline that the place belongs to.
    var member: String?
  }

  var title: String
  var description: String
  /// Width and height, in points.
  var width, height: Double
  var tooltips: [Tip]
  /// The signs that no font had.
  var missingSigns: [String]
  /// The titles of its data's columns.
  var columns: [String]
  /// Its data: text, numbers, `null` for what is undefined.
  var rows: [[JSONValue]]
  /// The names of the coefficients that it shows.
  var coefficients: [String]
}

/// Draws a figure: a `FigureRecord`, with the files as artifacts.
struct FigureStep: SynchronousStep {
  let figure: FigureSpec
  let resolved: ResolvedAnalysis
  let renderer: any FigureRenderer
  let kind = StepKind("figure", version: 8)

  var name: String { "figure/\(figure.name.value)" }

  /// The figure's settings, and everything that it can print: its part, and what the columns of its tables are called. The
  /// caption is the report's.
  var parameters: JSONValue {
    var figure = figure
    figure.caption = nil
    figure.isBesideText = false
    return .record([
      "renderer": .string(renderer.version), "date": .string(renderer.date), "figure": Described.json(figure),
      "width": .number(figure.width.points),
      "title": .string(source.title),
      "part": resolved.part(figure.from.value)?.presentation ?? .null,
      "columns": .object(columns.map { JSONMember(key: $0.table, value: Described.json($0.columns)) }),
    ])
  }

  /// The columns of the tables that the figure is drawn from, itself or by its part.
  private var columns: [(table: String, columns: [ColumnSchema])] {
    let names = (resolved.part(figure.from.value)?.tables ?? []) + inputs.compactMap(\.table)
    return names.indices.filter { names.firstIndex(of: names[$0]) == $0 }.compactMap { index in
      resolved.table(names[index]).map { (names[index], $0.columns) }
    }
  }

  private var source: FigureSource {
    FigureSource(
      figure, of: resolved.part(figure.from.value), tables: resolved.tables.map(\.known),
      analysis: resolved.analysis.title)
  }

  var inputs: [StepInput] {
    if let part = resolved.part(figure.from.value) { return part.figureInputs(figure) }
    return [.table(figure.from.value)]
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let texts = self.inputs.compactMap { input in
      input.table.flatMap { resolved.table($0) }.map { (input.name, $0.columns) }
    }
    let drawn = try source.figure(
      inputs.withTexts(Dictionary(texts) { first, _ in first }))
    let list = FigureLayout(measure: renderer).displayList(drawn)
    var artifacts: [StepArtifact] = []
    for format in FigureFormat.allCases {
      do throws(FigureRenderingError) {
        let bytes = try renderer.render(list, format: format, theme: .light)
        artifacts.append(StepArtifact(format.rawValue, mediaType: Self.mediaType(format), bytes: bytes))
      } catch {
        throw Reason("the figure cannot be drawn: \(error)")
      }
    }
    let record = FigureRecord(
      title: drawn.title, description: list.description, width: list.width, height: list.height,
      tooltips: list.tooltips.map {
        .init(x: $0.center.x, y: $0.center.y, r: $0.radius, text: $0.text, member: $0.member)
      },
      missingSigns: renderer.missingSigns(in: list), columns: drawn.data.columns,
      rows: drawn.data.rows.map { $0.map(Self.json) }, coefficients: drawn.coefficients)
    return .json(try JSONValue(encoding: record), artifacts: artifacts)
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

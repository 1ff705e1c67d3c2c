/// Lays panels out on a grid: measures labels, leaves room for them, and writes the display list.
public struct FigureLayout {
  static let textSize = 7.5
  private static let titleSize = 8.0
  private static let gap = 8.0
  private let measure: any TextMeasure

  /// Creates a layout that measures text with a renderer.
  public init(measure: any TextMeasure) { self.measure = measure }

  /// The display list of a figure.
  public func displayList(_ figure: ResolvedFigure) -> DisplayList {
    let columns = max(1, min(figure.perRow, figure.panels.count))
    let rows = (figure.panels.count + columns - 1) / columns
    let leavesExponent = figure.panels.contains { Self.hasExponent($0) }
    let insets = figure.panels.map { self.insets(of: $0, leavesExponent: leavesExponent) }
    let cellWidth = (figure.width - Self.gap * Double(columns - 1)) / Double(columns)
    let left = (0..<columns).map { column in
      stride(from: column, to: insets.count, by: columns).reduce(0) { max($0, insets[$1].left) }
    }
    let right = insets.map(\.right).max() ?? 0
    let packed = (figure.width - Self.gap * Double(columns - 1) - left.reduce(0, +)) / Double(columns) - right
    let plotWidth =
      figure.packsColumns
      ? max(20, packed) : (0..<columns).map { max(20, cellWidth - left[$0] - right) }.min() ?? cellWidth
    let starts = (0..<columns).map { column in
      figure.packsColumns
        ? left[...column].reduce(0, +) + Double(column) * (plotWidth + right + Self.gap)
        : Double(column) * (cellWidth + Self.gap) + left[column]
    }
    let plotHeight = figure.panelHeight ?? (plotWidth * 0.78)
    var items: [DisplayItem] = [
      .path(
        .rectangle(Rectangle(x: 0, y: 0, width: figure.width, height: 0)), fill: Paint(.background), stroke: nil)
    ]
    var tooltips: [Tooltip] = []
    var top = 2.0
    for row in 0..<rows {
      let range = row * columns..<min((row + 1) * columns, figure.panels.count)
      let head = range.reduce(0) { max($0, insets[$1].top) }
      let foot = range.reduce(0) { max($0, insets[$1].bottom) }
      for index in range {
        let column = index - row * columns
        let room = figure.packsColumns ? plotWidth : cellWidth - left[column] - insets[index].right
        let width = max(20, min(plotWidth, room))
        let frame = Rectangle(x: starts[column], y: top + head, width: width, height: plotHeight)
        let drawing = PanelDrawing(
          figure.panels[index], frame: frame, measure: measure, leavesExponent: leavesExponent)
        items += drawing.items()
        tooltips += drawing.tooltips
      }
      top += head + plotHeight + foot + (row + 1 < rows ? Self.gap : 2)
    }
    top = legend(figure, top: top, &items)
    items[0] = .path(
      .rectangle(Rectangle(x: 0, y: 0, width: figure.width, height: top)), fill: Paint(.background), stroke: nil)
    return DisplayList(
      width: figure.width, height: top, title: figure.title, description: figure.description, items: items,
      tooltips: tooltips.count <= 300 ? tooltips : [])
  }

  private func insets(of panel: Panel, leavesExponent: Bool) -> (
    left: Double, right: Double, top: Double, bottom: Double
  ) {
    var left = 4.0
    var bottom = 4.0
    switch panel.y {
    case .numeric(let label, let scale):
      left +=
        ([3, 5, 7, 9].flatMap { scale.ticks($0).ticks.map { width($0.label) } }.max() ?? 0) + 5
        + (label.isEmpty ? 0 : 11)
    case .categories(let label, let names):
      left += (names.map { width($0) }.max() ?? 0) + 5 + (label.isEmpty ? 0 : 11)
    case .hidden: break
    }
    switch panel.x {
    case .numeric(let label, let scale): bottom += 12 + (label.isEmpty && scale.ticks(4).exponent == 0 ? 0 : 11)
    case .categories(let label, let names):
      bottom +=
        (PanelDrawing.rotates(names, measure) ? (names.map { width($0) }.max() ?? 0) * 0.72 + 8 : 12)
        + (label.isEmpty ? 0 : 11)
    case .hidden: break
    }
    let top = (panel.title.isEmpty ? 0 : 11.0) + (panel.subtitle.isEmpty ? 0 : 10) + (leavesExponent ? 11 : 3)
    return (left, 6, top, bottom)
  }

  /// Ticks on a vertical axis of a height.
  static func rowTicks(_ height: Double) -> Int { max(3, min(9, Int(height / 26))) }

  private static func hasExponent(_ panel: Panel) -> Bool {
    guard case .numeric(_, let scale) = panel.y else { return false }
    return scale.ticks(5).exponent != 0
  }

  private func width(_ text: String) -> Double { measure.extent(of: text, size: Self.textSize, isBold: false).width }

  private func legend(_ figure: ResolvedFigure, top: Double, _ items: inout [DisplayItem]) -> Double {
    guard !figure.legend.isEmpty else { return top }
    var x = 8.0
    var y = top + 8
    for entry in figure.legend {
      let room = width(entry.label) + 30
      if x + room > figure.width, x > 8 {
        x = 8
        y += 12
      }
      if let stroke = entry.stroke {
        items.append(.path(.line([Point(x, y), Point(x + 16, y)]), fill: nil, stroke: stroke))
      }
      if let shape = entry.shape {
        items.append(
          .points(
            PointMarks(shape: shape, size: 5, paint: entry.paint, positions: [Point(x + 8, y)]), rasterized: false))
      }
      items.append(
        .text(TextMark(entry.label, at: Point(x + 20, y), size: Self.textSize, alignment: .start, baseline: .middle)))
      x += room
    }
    return y + 9
  }
}

/// Lays panels out on a grid: measures labels, leaves room for them, and writes the display list.
///
/// Texts that are too long for their room are set on several lines, or shortened with an ellipsis; the description
/// then gives them in full. Points without a place are left out and counted in a note under the plots. All coordinates are
/// finite, and a figure wider or higher than 14,400 points is set smaller as a whole.
package struct FigureLayout {
  static let textSize = 7.5
  private static let noteSize = 6.5
  /// Places with texts that a page can hold: some ten bytes each.
  static let mostTooltips = 8000
  let fitting: TextFitting

  /// Creates a layout that measures text with a renderer.
  package init(measure: any TextMeasure) { fitting = TextFitting(measure: measure) }

  /// The display list of a figure. Its description ends with the figure's notes.
  package func displayList(_ figure: ResolvedFigure) -> DisplayList {
    let figureWidth = figure.width.isFinite ? max(40, figure.width) : 40
    let (grid, insets, texts) = arranged(figure, width: figureWidth)
    var items: [DisplayItem] = [.path(Path([]), fill: Paint(.background), stroke: nil)]
    var tooltips: [Tooltip] = []
    var top = head(figure, width: figureWidth, &items)
    for row in 0..<grid.rows {
      let range = grid.panels(row, of: figure.panels.count)
      let head = range.reduce(0) { max($0, insets[$1].top) }
      let foot = range.reduce(0) { max($0, insets[$1].bottom) }
      for index in range {
        let frame = Rectangle(x: grid.start(index), y: top + head, width: grid.plotWidth, height: grid.plotHeight)
        let drawing = PanelDrawing(
          figure.panels[index], texts[index], frame: frame, figureWidth: figureWidth, cell: grid.cell(index),
          fitting: fitting)
        items += drawing.items()
        tooltips += drawing.tooltips
      }
      top += head + grid.plotHeight + foot + (row + 1 < grid.rows ? PanelGrid.gap : 2)
    }
    var cut: [String] = []
    top = legend(figure, width: figureWidth, top: top, &items, &cut)
    let notes = figure.notes + [LeftOutPoints.note(figure.panels)].compactMap(\.self)
    top = draw(notes, width: figureWidth, top: top, &items)
    items[0] = .path(
      .rectangle(Rectangle(x: 0, y: 0, width: figureWidth, height: top)), fill: Paint(.background), stroke: nil)
    return DisplayList(
      width: figureWidth, height: top, title: figure.title,
      description: description(figure, notes: notes, cut: shortened(figure, texts) + cut), items: items,
      tooltips: tooltips.count <= Self.mostTooltips ? tooltips : []
    ).fittingPage()
  }

  /// The figure's description, its notes, and texts that the drawing shortens, in full where nothing else gives them.
  private func description(_ figure: ResolvedFigure, notes: [String], cut: [String]) -> String {
    var parts = [figure.description] + notes.map(\.plainMarkup)
    var missing: [String] = []
    for text in cut.map(\.plainMarkup) where !missing.contains(text) {
      if !parts.contains(where: { $0.contains(text) }) { missing.append(text) }
    }
    if !missing.isEmpty { parts.append("Shortened in the figure: \(missing.joined(separator: "; ")).") }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Ticks on a vertical axis of a height.
  static func rowTicks(_ height: Double) -> Int { max(3, min(9, Int(max(0, min(1000, height / 26))))) }

  /// The headline and what stands under it, if there are any; the height they take.
  private func head(_ figure: ResolvedFigure, width: Double, _ items: inout [DisplayItem]) -> Double {
    var top = 2.0
    func add(_ text: String, size: Double, isBold: Bool, _ paint: Paint) {
      guard !text.isEmpty else { return }
      for line in fitting.wrapped(text, room: width - 2 * PanelGrid.edge, lines: 3, size: size, isBold: isBold).lines {
        items.append(
          .text(
            TextMark(line, at: Point(PanelGrid.edge, top), size: size, isBold: isBold, baseline: .top, paint: paint)))
        top += size * 1.3
      }
      top += 2
    }
    add(figure.headline, size: 10.5, isBold: true, Paint(.ink))
    add(figure.lead, size: Self.textSize, isBold: false, Paint(.muted))
    return top
  }

  private func legend(
    _ figure: ResolvedFigure, width: Double, top: Double, _ items: inout [DisplayItem], _ cut: inout [String]
  ) -> Double {
    guard !figure.legend.isEmpty else { return top }
    var x = 8.0
    var y = top + 8
    for entry in figure.legend {
      let label = fitting.shortened(entry.label, room: width - 30)
      if label != entry.label { cut.append(entry.label) }
      let room = fitting.width(label) + 30
      if x + room > width, x > 8 {
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
        .text(TextMark(label, at: Point(x + 20, y), size: Self.textSize, alignment: .start, baseline: .middle)))
      x += room
    }
    return y + 9
  }

  /// Notes under everything.
  private func draw(_ notes: [String], width: Double, top: Double, _ items: inout [DisplayItem]) -> Double {
    var y = top
    for note in notes {
      for line in fitting.wrapped(note, room: width - 12, lines: 6, size: Self.noteSize).lines {
        items.append(
          .text(
            TextMark(line, at: Point(6, y + 2), size: Self.noteSize, baseline: .top, paint: Paint(.muted))))
        y += 9
      }
    }
    return notes.isEmpty ? top : y + 3
  }
}

/// Draws one panel in its frame.
struct PanelDrawing {
  private let panel: Panel
  private let texts: PanelText
  private let frame: Rectangle
  private let figureWidth: Double
  private let cell: ClosedRange<Double>
  private let fitting: TextFitting
  let tooltips: [Tooltip]

  /// - Parameters:
  ///   - texts: The panel's texts as they fit.
  ///   - cell: The horizontal range of the titles over and under the plot.
  init(
    _ panel: Panel, _ texts: PanelText, frame: Rectangle, figureWidth: Double, cell: ClosedRange<Double>,
    fitting: TextFitting
  ) {
    self.panel = panel
    self.texts = texts
    self.frame = frame
    self.figureWidth = figureWidth
    self.cell = cell
    self.fitting = fitting
    tooltips = Self.tooltips(panel.marks, panel.member, panel, frame)
  }

  func items() -> [DisplayItem] {
    let drawn =
      titles() + grid() + [.clipped(frame, marks())] + overlays() + axisX() + axisY()
      + [.path(.rectangle(frame), fill: nil, stroke: Stroke(Paint(.muted), width: 0.5))]
    return panel.member.map { [.member($0, drawn)] } ?? drawn
  }

  /// The place of a point; nil when one of its values has none.
  static func place(_ point: Point, _ panel: Panel, _ frame: Rectangle) -> Point? {
    guard panel.x.shows(point.x), panel.y.shows(point.y) else { return nil }
    return Point(
      frame.x + frame.width * position(point.x, panel.x, isVertical: false),
      frame.y + frame.height * position(point.y, panel.y, isVertical: true))
  }

  private static func position(_ value: Double, _ axis: Axis, isVertical: Bool) -> Double {
    switch axis {
    case .numeric(_, let scale), .hidden(let scale):
      let share = scale.position(value)
      return isVertical ? 1 - share : share
    case .categories(_, let names): return min(2, max(-1, value / Double(max(1, names.count))))
    }
  }

  private func place(_ point: Point) -> Point? { Self.place(point, panel, frame) }

  private func places(_ points: [Point]) -> [Point] { points.compactMap { place($0) } }

  private func horizontal(_ value: Double) -> Double {
    frame.x + frame.width * Self.position(value, panel.x, isVertical: false)
  }

  private func vertical(_ value: Double) -> Double {
    frame.y + frame.height * Self.position(value, panel.y, isVertical: true)
  }

  /// Ticks on a horizontal axis of a width.
  static func columnTicks(_ width: Double) -> Int { max(3, Int(min(2000, width) / 42)) }

  private var columnTicks: Int { Self.columnTicks(frame.width) }
  private var rowTicks: Int { FigureLayout.rowTicks(frame.height) }

  /// The middle of a text over or under the plot: the plot's own unless the text would leave the panel's cell, or the
  /// figure where it is wider than the cell.
  private func middle(_ width: Double) -> Double {
    let range = width <= cell.upperBound - cell.lowerBound ? cell : 0...figureWidth
    let middle = frame.x + frame.width / 2
    let (least, most) = (range.lowerBound + width / 2, range.upperBound - width / 2)
    return least <= most ? min(max(middle, least), most) : (range.lowerBound + range.upperBound) / 2
  }

  private func titles() -> [DisplayItem] {
    var items: [DisplayItem] = []
    var baseline = frame.y - 4
    func add(_ lines: [String], size: Double, isBold: Bool, height: Double) {
      for line in lines.reversed() where !line.isEmpty {
        let x = middle(fitting.width(line, size: size, isBold: isBold))
        items.append(.text(TextMark(line, at: Point(x, baseline), size: size, isBold: isBold, alignment: .middle)))
        baseline -= height
      }
    }
    add(texts.subtitle.lines, size: FigureLayout.textSize, isBold: false, height: PanelText.subtitleHeight)
    add(texts.title.lines, size: PanelText.titleSize, isBold: true, height: PanelText.titleHeight)
    return items
  }

  private func grid() -> [DisplayItem] {
    var path: [Path.Segment] = []
    if case .numeric(_, let scale) = panel.x {
      for tick in scale.ticks(columnTicks).ticks {
        let x = horizontal(tick.value)
        path += [.move(Point(x, frame.y)), .line(Point(x, frame.y + frame.height))]
      }
    }
    if case .numeric(_, let scale) = panel.y {
      for tick in scale.ticks(rowTicks).ticks {
        let y = vertical(tick.value)
        path += [.move(Point(frame.x, y)), .line(Point(frame.x + frame.width, y))]
      }
    }
    return path.isEmpty ? [] : [.path(Path(path), fill: nil, stroke: Stroke(Paint(.grid), width: 0.4))]
  }

  private func axisX() -> [DisplayItem] {
    let bottom = frame.y + frame.height
    var items: [DisplayItem] = []
    var labelTop = bottom + 12
    switch panel.x {
    case .numeric(_, let scale):
      var end = -Double.infinity
      let ticks = scale.ticks(columnTicks).ticks.map { (x: horizontal($0.value), label: $0.label) }
      for tick in ticks.sorted(by: { $0.x < $1.x }) {
        let width = fitting.width(tick.label)
        let x = min(max(tick.x, width / 2), max(width / 2, figureWidth - width / 2))
        guard x - width / 2 > end + 3 else { continue }
        end = x + width / 2
        items.append(
          .text(
            TextMark(
              tick.label, at: Point(x, bottom + 3), size: FigureLayout.textSize, alignment: .middle,
              baseline: .top)))
      }
    case .categories:
      let turn = texts.turn
      for (index, name) in texts.xNames.enumerated() where !name.isEmpty {
        let x = horizontal(Double(index) + 0.5)
        let place = turn == 45 ? Point(x + 2, bottom + 5) : Point(x, bottom + 3)
        items.append(
          .text(
            TextMark(
              name, at: place, size: FigureLayout.textSize, alignment: turn == 0 ? .middle : .end,
              baseline: turn == 0 ? .top : .middle, rotation: turn)))
      }
      let widest = texts.xNames.map { fitting.width($0) }.max() ?? 0
      if turn == 45 { labelTop += widest * PanelText.slant - 4 }
      if turn == 90 { labelTop += widest - 8 }
    case .hidden: return []
    }
    for (index, line) in texts.xLabel.enumerated() where !line.isEmpty {
      items.append(
        .text(
          TextMark(
            line,
            at: Point(middle(fitting.width(line)), labelTop + PanelText.lineHeight * Double(index)),
            size: FigureLayout.textSize, alignment: .middle, baseline: .top)))
    }
    return items
  }

  private func axisY() -> [DisplayItem] {
    var items: [DisplayItem] = []
    var widest = 0.0
    func add(_ label: String, _ y: Double, member: String? = nil) {
      widest = max(widest, fitting.width(label))
      let text = DisplayItem.text(
        TextMark(label, at: Point(frame.x - 3, y), size: FigureLayout.textSize, alignment: .end, baseline: .middle))
      items.append(member.map { .member($0, [text]) } ?? text)
    }
    switch panel.y {
    case .numeric(_, let scale):
      for tick in scale.ticks(rowTicks).ticks { add(tick.label, vertical(tick.value)) }
    case .categories:
      for (index, name) in texts.yNames.enumerated() {
        add(
          name, vertical(Double(index) + 0.5), member: index < panel.rowMembers.count ? panel.rowMembers[index] : nil)
      }
    case .hidden: return []
    }
    let longest = texts.yLabel.map { fitting.width($0) }.max() ?? 0
    let top = frame.y - texts.yReach.above + longest / 2
    for (index, line) in texts.yLabel.reversed().enumerated() where !line.isEmpty {
      items.append(
        .text(
          TextMark(
            line,
            at: Point(
              frame.x - widest - 8 - PanelText.lineHeight * Double(index), max(top, frame.y + frame.height / 2)),
            size: FigureLayout.textSize, alignment: .middle, baseline: .bottom, rotation: 90)))
    }
    return items
  }

  private func marks() -> [DisplayItem] { panel.marks.flatMap { items(of: $0) } }

  /// Texts are drawn unclipped, after the marks; one that begins at its place is shortened at the figure's edge.
  private func overlays() -> [DisplayItem] { overlays(panel.marks) }

  private func overlays(_ marks: [Mark]) -> [DisplayItem] {
    marks.compactMap { mark in
      if case .member(let name, let inner) = mark {
        let texts = overlays(inner)
        return texts.isEmpty ? nil : .member(name, texts)
      }
      guard case .text(let text, let point, let size, let isBold, let alignment, let paint) = mark,
        let place = place(point)
      else { return nil }
      let shown =
        alignment == .start
        ? fitting.shortened(text, room: max(10, figureWidth - place.x - 1), size: size, isBold: isBold) : text
      return .text(
        TextMark(
          shown, at: place, size: size, isBold: isBold, alignment: alignment, baseline: .middle, paint: paint))
    }
  }

  private func items(of mark: Mark) -> [DisplayItem] {
    switch mark {
    case .points(let points, let shape, let size, let paint, let isRasterized):
      return [
        .points(
          PointMarks(shape: shape, size: size, paint: paint, positions: places(points)), rasterized: isRasterized)
      ]
    case .hexbins(let points, _, _): return Hexbins(places(points), in: frame).items
    case .line(let points, let stroke): return [.path(.line(places(points)), fill: nil, stroke: stroke)]
    case .area(let first, let second, let fill, let stroke):
      guard let one = place(first), let other = place(second) else { return [] }
      let rectangle = Rectangle(
        x: min(one.x, other.x), y: min(one.y, other.y), width: abs(one.x - other.x), height: abs(one.y - other.y))
      return [.path(.rectangle(rectangle), fill: fill, stroke: stroke)]
    case .polygon(let points, let fill, let stroke):
      return [.path(.line(places(points), closed: true), fill: fill, stroke: stroke)]
    case .reference(let x, let y, let stroke):
      var items: [DisplayItem] = []
      if let x, panel.x.shows(x) {
        let at = horizontal(x)
        items.append(.path(.line([Point(at, frame.y), Point(at, frame.y + frame.height)]), fill: nil, stroke: stroke))
      }
      if let y, panel.y.shows(y) {
        let at = vertical(y)
        items.append(.path(.line([Point(frame.x, at), Point(frame.x + frame.width, at)]), fill: nil, stroke: stroke))
      }
      return items
    case .interval(let from, let to, let y, let stroke):
      guard let start = place(Point(from, y)), let end = place(Point(to, y)) else { return [] }
      let segments: [Path.Segment] = [
        .move(start), .line(end), .move(Point(start.x, start.y - 2)), .line(Point(start.x, start.y + 2)),
        .move(Point(end.x, end.y - 2)), .line(Point(end.x, end.y + 2)),
      ]
      return [.path(Path(segments), fill: nil, stroke: stroke)]
    case .member(let name, let inner):
      let drawn = inner.flatMap { items(of: $0) }
      return drawn.isEmpty ? [] : [.member(name, drawn)]
    case .text, .tooltip: return []
    }
  }
}

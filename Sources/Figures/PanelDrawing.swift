/// Draws one panel in its frame.
struct PanelDrawing {
  private let panel: Panel
  private let frame: Rectangle
  private let measure: any TextMeasure
  private let leavesExponent: Bool
  let tooltips: [Tooltip]

  /// - Parameter leavesExponent: Whether titles leave room for a power of ten over the vertical axis.
  init(_ panel: Panel, frame: Rectangle, measure: any TextMeasure, leavesExponent: Bool) {
    self.leavesExponent = leavesExponent
    self.panel = panel
    self.frame = frame
    self.measure = measure
    let place = { (point: Point) in Self.place(point, panel, frame) }
    tooltips = panel.marks.compactMap { mark in
      guard case .tooltip(let point, let text) = mark else { return nil }
      return Tooltip(center: place(point), radius: 4, text: text)
    }
  }

  static func rotates(_ names: [String], _ measure: any TextMeasure) -> Bool {
    names.contains { measure.extent(of: $0, size: FigureLayout.textSize, isBold: false).width > 34 } && names.count > 3
  }

  func items() -> [DisplayItem] {
    titles() + grid() + [.clipped(frame, marks())] + overlays() + axisX() + axisY()
      + [.path(.rectangle(frame), fill: nil, stroke: Stroke(Paint(.muted), width: 0.5))]
  }

  private static func place(_ point: Point, _ panel: Panel, _ frame: Rectangle) -> Point {
    Point(
      frame.x + frame.width * position(point.x, panel.x, isVertical: false),
      frame.y + frame.height * position(point.y, panel.y, isVertical: true))
  }

  private static func position(_ value: Double, _ axis: Axis, isVertical: Bool) -> Double {
    switch axis {
    case .numeric(_, let scale), .hidden(let scale):
      let share = scale.position(value)
      return isVertical ? 1 - share : share
    case .categories(_, let names): return value / Double(max(1, names.count))
    }
  }

  private func place(_ point: Point) -> Point { Self.place(point, panel, frame) }

  private var columnTicks: Int { max(3, Int(frame.width / 42)) }
  private var rowTicks: Int { FigureLayout.rowTicks(frame.height) }

  private func titles() -> [DisplayItem] {
    var items: [DisplayItem] = []
    let middle = frame.x + frame.width / 2
    var baseline = frame.y - 4
    if case .numeric(_, let scale) = panel.y {
      let exponent = scale.ticks(rowTicks).exponent
      if exponent != 0 {
        items.append(
          .text(
            TextMark(
              "×10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}", at: Point(frame.x, baseline), size: 6.5,
              paint: Paint(.muted))))
      }
    }
    if leavesExponent { baseline -= 8 }
    if !panel.subtitle.isEmpty {
      items.append(
        .text(TextMark(panel.subtitle, at: Point(middle, baseline), size: FigureLayout.textSize, alignment: .middle)))
      baseline -= 10
    }
    if !panel.title.isEmpty {
      let (title, size) = fitted(panel.title)
      items.append(.text(TextMark(title, at: Point(middle, baseline), size: size, isBold: true, alignment: .middle)))
    }
    return items
  }

  /// A title that fits over the panel: set smaller down to 6.4 points, then cut.
  private func fitted(_ text: String) -> (text: String, size: Double) {
    let room = frame.width + 26
    let width = measure.extent(of: text, size: 8, isBold: true).width
    guard width > room else { return (text, 8) }
    let size = max(6.4, (80 * room / width).rounded(.down) / 10)
    var characters = Array(text)
    while characters.count > 4, measure.extent(of: String(characters), size: size, isBold: true).width > room {
      characters.removeLast()
    }
    return (characters.count == text.count ? text : String(characters.dropLast()) + "…", size)
  }

  private func grid() -> [DisplayItem] {
    var path: [Path.Segment] = []
    if case .numeric(_, let scale) = panel.x {
      for tick in scale.ticks(columnTicks).ticks {
        let x = place(Point(tick.value, 0)).x
        path += [.move(Point(x, frame.y)), .line(Point(x, frame.y + frame.height))]
      }
    }
    if case .numeric(_, let scale) = panel.y {
      for tick in scale.ticks(rowTicks).ticks {
        let y = place(Point(0, tick.value)).y
        path += [.move(Point(frame.x, y)), .line(Point(frame.x + frame.width, y))]
      }
    }
    return path.isEmpty ? [] : [.path(Path(path), fill: nil, stroke: Stroke(Paint(.grid), width: 0.4))]
  }

  private func axisX() -> [DisplayItem] {
    let bottom = frame.y + frame.height
    var items: [DisplayItem] = []
    var labelTop = bottom + 12
    var label = panel.x.label
    switch panel.x {
    case .numeric(_, let scale):
      let (ticks, exponent) = scale.ticks(columnTicks)
      var end = -Double.infinity
      for tick in ticks.sorted(by: { place(Point($0.value, 0)).x < place(Point($1.value, 0)).x }) {
        let x = place(Point(tick.value, 0)).x
        let width = text(tick.label)
        guard x - width / 2 > end + 3 else { continue }
        end = x + width / 2
        items.append(
          .text(
            TextMark(
              tick.label, at: Point(x, bottom + 3), size: FigureLayout.textSize, alignment: .middle, baseline: .top)))
      }
      if exponent != 0 { label += (label.isEmpty ? "" : " ") + "(×10^{\(exponent < 0 ? "−" : "")\(abs(exponent))})" }
    case .categories(_, let names):
      let isRotated = Self.rotates(names, measure)
      for (index, name) in names.enumerated() {
        let x = place(Point(Double(index) + 0.5, 0)).x
        items.append(
          .text(
            TextMark(
              name, at: Point(x + (isRotated ? 2 : 0), bottom + (isRotated ? 5 : 3)), size: FigureLayout.textSize,
              alignment: isRotated ? .end : .middle, baseline: isRotated ? .middle : .top, rotation: isRotated ? 45 : 0)
          ))
      }
      if isRotated { labelTop += (names.map { text($0) }.max() ?? 0) * 0.72 - 4 }
    case .hidden: return []
    }
    if !label.isEmpty {
      items.append(
        .text(
          TextMark(
            label, at: Point(frame.x + frame.width / 2, labelTop), size: FigureLayout.textSize, alignment: .middle,
            baseline: .top)))
    }
    return items
  }

  private func axisY() -> [DisplayItem] {
    var items: [DisplayItem] = []
    var widest = 0.0
    func add(_ label: String, _ y: Double) {
      widest = max(widest, text(label))
      items.append(
        .text(
          TextMark(label, at: Point(frame.x - 3, y), size: FigureLayout.textSize, alignment: .end, baseline: .middle)))
    }
    switch panel.y {
    case .numeric(_, let scale):
      for tick in scale.ticks(rowTicks).ticks { add(tick.label, place(Point(0, tick.value)).y) }
    case .categories(_, let names):
      for (index, name) in names.enumerated() { add(name, place(Point(0, Double(index) + 0.5)).y) }
    case .hidden: return []
    }
    if !panel.y.label.isEmpty {
      items.append(
        .text(
          TextMark(
            panel.y.label, at: Point(frame.x - widest - 8, frame.y + frame.height / 2), size: FigureLayout.textSize,
            alignment: .middle, baseline: .bottom, rotation: 90)))
    }
    return items
  }

  private func text(_ label: String) -> Double {
    measure.extent(of: label, size: FigureLayout.textSize, isBold: false).width
  }

  private func marks() -> [DisplayItem] { panel.marks.flatMap { items(of: $0) } }

  /// Texts are drawn unclipped, after the marks.
  private func overlays() -> [DisplayItem] {
    panel.marks.compactMap { mark in
      guard case .text(let text, let point, let size, let isBold, let alignment, let paint) = mark else { return nil }
      return .text(
        TextMark(
          text, at: place(point), size: size, isBold: isBold, alignment: alignment, baseline: .middle, paint: paint))
    }
  }

  private func items(of mark: Mark) -> [DisplayItem] {
    switch mark {
    case .points(let points, let shape, let size, let paint, let isRasterized):
      return [
        .points(
          PointMarks(shape: shape, size: size, paint: paint, positions: points.map { place($0) }),
          rasterized: isRasterized)
      ]
    case .hexbins(let points): return Hexbins(points.map { place($0) }, in: frame).items
    case .line(let points, let stroke): return [.path(.line(points.map { place($0) }), fill: nil, stroke: stroke)]
    case .area(let first, let second, let fill, let stroke):
      let (one, other) = (place(first), place(second))
      let rectangle = Rectangle(
        x: min(one.x, other.x), y: min(one.y, other.y), width: abs(one.x - other.x), height: abs(one.y - other.y))
      return [.path(.rectangle(rectangle), fill: fill, stroke: stroke)]
    case .polygon(let points, let fill, let stroke):
      return [.path(.line(points.map { place($0) }, closed: true), fill: fill, stroke: stroke)]
    case .reference(let x, let y, let stroke):
      var items: [DisplayItem] = []
      if let x {
        let at = place(Point(x, 0)).x
        items.append(.path(.line([Point(at, frame.y), Point(at, frame.y + frame.height)]), fill: nil, stroke: stroke))
      }
      if let y {
        let at = place(Point(0, y)).y
        items.append(.path(.line([Point(frame.x, at), Point(frame.x + frame.width, at)]), fill: nil, stroke: stroke))
      }
      return items
    case .interval(let from, let to, let y, let stroke):
      let (start, end) = (place(Point(from, y)), place(Point(to, y)))
      let segments: [Path.Segment] = [
        .move(start), .line(end), .move(Point(start.x, start.y - 2)), .line(Point(start.x, start.y + 2)),
        .move(Point(end.x, end.y - 2)), .line(Point(end.x, end.y + 2)),
      ]
      return [.path(Path(segments), fill: nil, stroke: stroke)]
    case .text, .tooltip: return []
    }
  }
}

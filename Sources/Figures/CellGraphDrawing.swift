import ElementaryFunctions

/// Boxes, lines and texts of a cell's graph, in points from the top left.
struct CellGraphDrawing {
  private static let labelSize = 7.5
  private static let detailSize = 6.0
  private static let boxHeight = 23.0
  private static let rowHeight = 50.0
  private static let margin = 8.0
  /// Width of a text beyond which it is shortened.
  private static let greatestText = 160.0
  private static let greatestHeight = 9000.0

  let width: Double
  let height: Double
  private(set) var marks: [Mark] = []
  private let nodes: [CellGraph.Node]
  private let texts: [(label: String, detail: String)]
  private let layout: LayeredLayout
  private let boxWidths: [Double]
  private let scale: Double
  private let left: Double

  init(_ nodes: [CellGraph.Node], _ edges: [CellGraph.Edge], width: Double, measure: any TextMeasure) {
    self.nodes = nodes
    self.width = width
    let fitting = TextFitting(measure: measure)
    let texts = nodes.map { node in
      (
        label: fitting.shortened(
          FigureText.plain(node.label), room: Self.greatestText, size: Self.labelSize, isBold: true),
        detail: fitting.shortened(FigureText.plain(node.detail), room: Self.greatestText, size: Self.detailSize)
      )
    }
    self.texts = texts
    var incoming = [Int](repeating: 0, count: nodes.count)
    for edge in edges where nodes.indices.contains(edge.to) { incoming[edge.to] += edge.label.isEmpty ? 9 : 18 }
    boxWidths = nodes.indices.map { index in
      let node = nodes[index]
      let label = fitting.width(texts[index].label, size: Self.labelSize, isBold: true)
      let detail = fitting.width(texts[index].detail, size: Self.detailSize)
      let slant = node.kind == .weighted ? 10.0 : 22
      return max(30, max(label, detail) + slant, min(300, Double(incoming[index]) + slant))
    }
    layout = LayeredLayout(widths: boxWidths, edges: edges.map { ($0.from, $0.to) })
    let naturalHeight = Double(max(1, layout.rows.count)) * Self.rowHeight - (Self.rowHeight - Self.boxHeight)
    scale = min(
      1, (width - 2 * Self.margin) / max(1, layout.width), Self.greatestHeight / (naturalHeight + 2 * Self.margin))
    height = naturalHeight * scale + 2 * Self.margin
    left = max(Self.margin, (width - layout.width * scale) / 2)
    drawEdges(edges)
    for index in nodes.indices { drawNode(index) }
  }

  private func x(_ item: Int) -> Double { left + layout.centers[item] * scale }

  /// The middle of a row.
  private func y(_ row: Int) -> Double { Self.margin + (Double(row) * Self.rowHeight + Self.boxHeight / 2) * scale }

  private mutating func drawNode(_ index: Int) {
    let node = nodes[index]
    let center = Point(x(index), y(layout.items[index].row))
    let (halfWidth, halfHeight) = (boxWidths[index] / 2 * scale, Self.boxHeight / 2 * scale)
    let color: Paint.Role =
      switch node.kind {
      case .input: .muted
      case .weighted: .category(0)
      case .activation: .category(2)
      case .combination: .category(1)
      }
    let outline = outline(node.kind, center, halfWidth, halfHeight)
    marks.append(.polygon(outline, fill: Paint(.background), stroke: nil))
    marks.append(
      .polygon(outline, fill: Paint(color, opacity: 0.13), stroke: Stroke(Paint(color), width: 1.1 * scale)))
    if node.isResult {
      marks.append(
        .polygon(
          self.outline(node.kind, center, halfWidth + 2.4 * scale, halfHeight + 2.4 * scale), fill: nil,
          stroke: Stroke(Paint(color), width: 0.8 * scale)))
    }
    let isSingle = node.detail.isEmpty
    marks.append(
      .text(
        texts[index].label, Point(center.x, center.y - (isSingle ? 0 : 4.2 * scale)),
        size: Self.labelSize * scale, isBold: true, alignment: .middle, paint: Paint(.ink)))
    if !isSingle {
      marks.append(
        .text(
          texts[index].detail, Point(center.x, center.y + 5 * scale), size: Self.detailSize * scale, isBold: false,
          alignment: .middle, paint: Paint(.ink)))
    }
  }

  private func outline(_ kind: CellGraph.Kind, _ center: Point, _ halfWidth: Double, _ halfHeight: Double) -> [Point] {
    func corners(_ shares: [(Double, Double)]) -> [Point] {
      shares.map { Point(center.x + $0 * halfWidth, center.y + $1 * halfHeight) }
    }
    let slant = 1 - min(0.5, 8 * scale / halfWidth)
    switch kind {
    case .weighted: return corners([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    case .input: return corners([(-1, -1), (1, -1), (slant, 1), (-slant, 1)])
    case .combination: return corners([(-slant, -1), (slant, -1), (1, 0), (slant, 1), (-slant, 1), (-1, 0)])
    case .activation:
      // A box whose sides are half ellipses.
      let share = 1 - slant
      return (0..<32).map { step in
        let halfTurns = Double(2 * step + 1) / 32
        let (cosine, sine) = (Elementary.cosPi(halfTurns), Elementary.sinPi(halfTurns))
        let side = cosine > 0 ? slant : -slant
        return Point(center.x + (side + share * cosine) * halfWidth, center.y + sine * halfHeight)
      }
    }
  }
}

extension CellGraphDrawing {
  private struct Segment: Hashable {
    var from: Int
    var to: Int
  }

  private mutating func drawEdges(_ edges: [CellGraph.Edge]) {
    var entries = [[(edge: Int, from: Double)]](repeating: [], count: nodes.count)
    for (index, path) in layout.paths.enumerated() where path.count > 1 {
      entries[edges[index].to].append((index, layout.centers[path[path.count - 2]]))
    }
    var entry = [Double](repeating: 0, count: edges.count)
    for (node, list) in entries.enumerated() {
      let ordered = list.sorted { $0.from == $1.from ? $0.edge < $1.edge : $0.from < $1.from }
      let step = min(
        ordered.contains { !edges[$0.edge].label.isEmpty } ? 18 : 9,
        boxWidths[node] * 0.7 / Double(max(1, ordered.count)))
      for (place, item) in ordered.enumerated() {
        entry[item.edge] = x(node) + (Double(place) - Double(ordered.count - 1) / 2) * step * scale
      }
    }
    let stroke = Stroke(Paint(.ink), width: 0.7 * scale, isRound: true)
    let (half, head) = (Self.boxHeight / 2 * scale, 5 * scale)
    var drawn: Set<Segment> = []
    for (index, path) in layout.paths.enumerated() where path.count > 1 {
      for (upper, lower) in zip(path, path.dropFirst()) where layout.items[lower].isLine {
        guard drawn.insert(Segment(from: upper, to: lower)).inserted else { continue }
        let passed = Point(x(lower), y(layout.items[lower].row) - half)
        marks.append(
          .line(
            Self.curve(start(upper), passed) + [Point(passed.x, passed.y + 2 * half)], stroke))
      }
      guard let target = path.last, let source = path.dropLast().last else { continue }
      let end = Point(entry[index], y(layout.items[target].row) - half - (nodes[target].isResult ? 2.4 * scale : 0))
      marks.append(.line(Self.curve(start(source), Point(end.x, end.y - head)), stroke))
      marks.append(
        .polygon(
          [Point(end.x, end.y), Point(end.x - head * 0.45, end.y - head), Point(end.x + head * 0.45, end.y - head)],
          fill: Paint(.ink), stroke: nil))
      // The label keeps to the side that the line does not come from.
      let isFromRight = start(source).x > end.x + 0.01
      if !edges[index].label.isEmpty {
        marks.append(
          .text(
            FigureText.plain(edges[index].label),
            Point(end.x + (isFromRight ? -3 : 3) * scale, end.y - 8.5 * scale), size: Self.detailSize * scale,
            isBold: true, alignment: isFromRight ? .end : .start, paint: Paint(.ink)))
      }
    }
  }

  /// The place under an item at which its lines begin.
  private func start(_ item: Int) -> Point {
    let isResult = !layout.items[item].isLine && nodes[layout.items[item].node].isResult
    return Point(
      x(item), y(layout.items[item].row) + Self.boxHeight / 2 * scale + (isResult ? 2.4 * scale : 0))
  }

  /// A cubic curve that leaves and arrives vertically, as a line.
  private static func curve(_ start: Point, _ end: Point) -> [Point] {
    guard abs(start.x - end.x) > 0.01 else { return [start, end] }
    return (0...12).map { step in
      let t = Double(step) / 12
      let blend = t * t * (3 - 2 * t)
      let bend = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t
      return Point(start.x + (end.x - start.x) * blend, start.y + (end.y - start.y) * bend)
    }
  }
}

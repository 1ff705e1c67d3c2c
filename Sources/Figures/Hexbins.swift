/// Counts points in hexagons with a corner at the top; a shade for each doubling of the count. Points further than
/// three frames from the frame's corner count for nothing.
struct Hexbins {
  /// Distance between the centres of neighbouring hexagons, in points.
  static let spacing = 2.8
  /// Half the distance between two corners that lie across from each other.
  static let reach = spacing / 3.0.squareRoot()
  let items: [DisplayItem]
  /// Every hexagon with points in it: its centre, and their number.
  let cells: [(center: Point, count: Int)]

  init(_ points: [Point], in frame: Rectangle) {
    let rowHeight = Self.spacing * 3.0.squareRoot() / 2
    var counts: [Hexagon: Int] = [:]
    let reach = 3 * max(frame.width, frame.height)
    for point in points where abs(point.x - frame.x) <= reach && abs(point.y - frame.y) <= reach {
      counts[Self.hexagon(point, frame, rowHeight), default: 0] += 1
    }
    cells = counts.sorted { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }.map { hexagon, count in
      let offset = hexagon.row.isMultiple(of: 2) ? 0 : 0.5
      return (
        Point(frame.x + (Double(hexagon.column) + offset) * Self.spacing, frame.y + Double(hexagon.row) * rowHeight),
        count
      )
    }
    var byLevel = [[Point]](repeating: [], count: Self.levels)
    for cell in cells { byLevel[Self.level(cell.count)].append(cell.center) }
    items = byLevel.enumerated().compactMap { level, positions in
      guard !positions.isEmpty else { return nil }
      return .points(
        PointMarks(
          shape: .hexagon, size: Self.reach * 2 * 1.04, paint: Self.paint(level),
          positions: positions), rasterized: false)
    }
  }

  /// Shades, for counts of 1, 2–3, 4–7, … 64 and more: the same in every figure.
  private static let levels = 7

  private static func level(_ count: Int) -> Int {
    min(levels - 1, Int.bitWidth - 1 - max(1, count).leadingZeroBitCount)
  }

  private static func paint(_ level: Int) -> Paint {
    Paint(.sequential(0.12 + 0.88 * (Double(level) + 0.5) / Double(levels)))
  }

  /// What the shades mean.
  static var legend: [LegendEntry] {
    (0..<levels).map { level in
      let (least, most) = (1 << level, (2 << level) - 1)
      let range = level == levels - 1 ? "\(least) and more" : least == most ? "points in a cell: 1" : "\(least)–\(most)"
      return LegendEntry(label: range, shape: .hexagon, paint: paint(level))
    }
  }

  private struct Hexagon: Hashable {
    var row: Int
    var column: Int
  }

  private static func hexagon(_ point: Point, _ frame: Rectangle, _ rowHeight: Double) -> Hexagon {
    let (x, y) = (point.x - frame.x, point.y - frame.y)
    let nearest = Int((y / rowHeight).rounded())
    var best = Hexagon(row: nearest, column: 0)
    var bestDistance = Double.infinity
    for row in nearest - 1...nearest + 1 {
      let offset = row.isMultiple(of: 2) ? 0 : 0.5
      let column = Int((x / spacing - offset).rounded())
      let (dx, dy) = (x - (Double(column) + offset) * spacing, y - Double(row) * rowHeight)
      if dx * dx + dy * dy < bestDistance {
        bestDistance = dx * dx + dy * dy
        best = Hexagon(row: row, column: column)
      }
    }
    return best
  }
}

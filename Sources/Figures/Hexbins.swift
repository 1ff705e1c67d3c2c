import ElementaryFunctions

/// Counts points in hexagons with a corner at the top; shades run with the logarithm of the count. Points further than
/// three frames from the frame's corner count for nothing.
struct Hexbins {
  /// Distance between the centres of neighbouring hexagons, in points.
  static let spacing = 2.8
  let items: [DisplayItem]

  init(_ points: [Point], in frame: Rectangle) {
    let rowHeight = Self.spacing * 3.0.squareRoot() / 2
    var counts: [Hexagon: Int] = [:]
    let reach = 3 * max(frame.width, frame.height)
    for point in points where abs(point.x - frame.x) <= reach && abs(point.y - frame.y) <= reach {
      counts[Self.hexagon(point, frame, rowHeight), default: 0] += 1
    }
    let largest = counts.values.max() ?? 1
    let levels = 12
    var byLevel = [[Point]](repeating: [], count: levels)
    for (hexagon, count) in counts.sorted(by: { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }) {
      let share = largest > 1 ? Elementary.log(Double(count)) / Elementary.log(Double(largest)) : 1
      let offset = hexagon.row.isMultiple(of: 2) ? 0 : 0.5
      byLevel[min(levels - 1, Int(share * Double(levels)))].append(
        Point(frame.x + (Double(hexagon.column) + offset) * Self.spacing, frame.y + Double(hexagon.row) * rowHeight))
    }
    items = byLevel.enumerated().compactMap { level, positions in
      guard !positions.isEmpty else { return nil }
      let shade = 0.12 + 0.88 * (Double(level) + 0.5) / Double(levels)
      return .points(
        PointMarks(
          shape: .hexagon, size: Self.spacing * 2 / 3.0.squareRoot() * 1.04, paint: Paint(.sequential(shade)),
          positions: positions), rasterized: false)
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

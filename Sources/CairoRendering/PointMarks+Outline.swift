import Figures

extension PointMarks {
  /// True for shapes of lines, which are stroked; others are filled.
  var isLines: Bool { shape == .plus || shape == .cross }

  /// The pen's width of a shape of lines, in points.
  var lineWidth: Double { max(0.6, size / 5) }

  /// The outline of one mark around a place; nothing for a disc, which a round pen draws.
  func outline(at center: Point) -> Path {
    let radius = size / 2
    func place(_ corner: (Double, Double)) -> Point {
      Point(center.x + corner.0 * radius, center.y + corner.1 * radius)
    }
    func polygon(_ corners: [(Double, Double)]) -> Path { .line(corners.map(place), closed: true) }
    func lines(_ ends: [((Double, Double), (Double, Double))]) -> Path {
      Path(ends.flatMap { [.move(place($0.0)), .line(place($0.1))] })
    }
    let half = 3.0.squareRoot() / 2
    return switch shape {
    case .circle: Path([])
    case .square: polygon([(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)])
    case .triangle: polygon([(0, -1.1), (0.95, 0.65), (-0.95, 0.65)])
    case .diamond: polygon([(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)])
    case .hexagon: polygon([(0, -1), (half, -0.5), (half, 0.5), (0, 1), (-half, 0.5), (-half, -0.5)])
    case .plus: lines([((-1, 0), (1, 0)), ((0, -1), (0, 1))])
    case .cross: lines([((-0.8, -0.8), (0.8, 0.8)), ((-0.8, 0.8), (0.8, -0.8))])
    }
  }
}

/// Texts at places of a panel.
extension PanelDrawing {
  /// The tooltips of marks: those of their own, and one for each hexagon that points are counted in.
  static func tooltips(_ marks: [Mark], _ member: String?, _ panel: Panel, _ frame: Rectangle) -> [Tooltip] {
    marks.flatMap { mark -> [Tooltip] in
      switch mark {
      case .member(let name, let inner): return tooltips(inner, name, panel, frame)
      case .hexbins(let points, let x, let y):
        let xs = ends(points.map(\.x))
        let ys = ends(points.map(\.y))
        return Hexbins(points.compactMap { place($0, panel, frame) }, in: frame).cells.map { cell in
          let size = Hexbins.reach
          let words =
            [Wording.count(cell.count, "point")]
            + [
              range(cell.center.x, size * 3.0.squareRoot() / 2, from: frame.x, frame.width, panel.x, x, within: xs),
              range(frame.y + frame.height - cell.center.y, size, from: 0, frame.height, panel.y, y, within: ys),
            ].compactMap(\.self)
          return Tooltip(center: cell.center, radius: size, text: words.joined(separator: "\n"), member: member)
        }
      case .tooltip(let point, let text):
        return place(point, panel, frame).map { [Tooltip(center: $0, radius: 4, text: text, member: member)] } ?? []
      default: return []
      }
    }
  }

  /// The values that part of an axis holds, as `loss 4.52 to 4.61`; nil where it has none.
  ///
  /// - Parameters:
  ///   - middle: The middle of the part, in points.
  ///   - reach: Half its length.
  ///   - start: The axis' beginning, and its `length`.
  ///   - limits: The range of all values, beyond which nothing is said to lie.
  private static func range(
    _ middle: Double, _ reach: Double, from start: Double, _ length: Double, _ axis: Axis, _ name: String,
    within limits: ClosedRange<Double>?
  ) -> String? {
    guard case .numeric(_, let scale) = axis, length > 0, let limits else { return nil }
    let ends = [middle - reach, middle + reach].compactMap { scale.value(at: ($0 - start) / length) }.sorted().map {
      min(max($0, limits.lowerBound), limits.upperBound)
    }
    guard ends.count == 2 else { return nil }
    return "\(name) \(NumberText.compact(ends[0], digits: 3)) to \(NumberText.compact(ends[1], digits: 3))".plainMarkup
  }

  /// The range of the finite ones of some values.
  private static func ends(_ values: [Double]) -> ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else { return nil }
    return least...greatest
  }
}
